import type { ModuleWeb } from '@banksia/kit'

// Found at build time by their place in the tree: no list of modules is kept by hand.
const foundation = import.meta.glob<ModuleWeb>('../../../banksia/foundation/*/web/index.ts', {
  eager: true,
  import: 'default',
})
const modules = import.meta.glob<ModuleWeb>('../../../banksia/modules/*/web/index.ts', {
  eager: true,
  import: 'default',
})

export interface BuiltIn extends ModuleWeb {
  /** A part of the foundation, which no council can switch off. */
  alwaysOn: boolean
}

/** Everything built into this bundle that has pages. */
export const builtIn: readonly BuiltIn[] = [
  ...Object.values(foundation).map((module) => ({ ...module, alwaysOn: true })),
  ...Object.values(modules).map((module) => ({ ...module, alwaysOn: false })),
]
