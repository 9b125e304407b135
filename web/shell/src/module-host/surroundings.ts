import type { PageContext } from './contract'

/** What a host needs of the shell around it. */
export interface Surroundings extends Pick<
  PageContext,
  'basePath' | 'area' | 'organisation' | 'user' | 'setTitle'
> {
  /** The modules that this one stands on. */
  requires: readonly string[]
  currentHref: () => string
  navigate: (href: string, options?: { replace?: boolean }) => void
  /** Calls back after each change of the address. */
  onNavigate: (listener: () => void) => () => void
}
