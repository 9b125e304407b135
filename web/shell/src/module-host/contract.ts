import type { Organisation, User } from '@banksia/kit'

/** What a third-party page is given. This is a published contract: names stay, parts are only added. */
export interface PageContext {
  /** Where the page stands: `/trees/customer`, `/trees/staff`, `/trees/settings`, or `/trees` for what is none of these. */
  basePath: string
  /** Whose page it is. */
  area: 'customer' | 'staff' | 'settings'
  /** The address behind basePath at the time of mounting: `/` or `/orders/4`, with what stands after the `?`. */
  path: string
  /** A full address for a link, from a path of the page's own. */
  href: (path: string) => string
  navigate: (path: string, options?: { replace?: boolean }) => void
  /**
   * Go to another page of the council's, by its whole address: the page on which a customer pays, a property, another
   * area of the module. Links (`<a href>`) lead there by themselves. From a frame nothing else can be reached.
   */
  open: (address: string) => void
  /** Called with the new path each time the address changes within the page, back and forward too. */
  onPathChange: (listener: (path: string) => void) => () => void
  setTitle: (title: string) => void
  /**
   * `fetch` of the same origin with what Banksia's API asks for; aborted when the page is left. From a frame it reaches
   * `/api/NAME/` of the module alone, and what the module may read of properties by the capabilities it was granted.
   */
  fetch: (input: string, init?: RequestInit) => Promise<Response>
  organisation: Pick<Organisation, 'id' | 'slug' | 'name' | 'service_name'>
  user: Pick<User, 'id' | 'name' | 'kind' | 'permissions'> | null
  locale: string
  /** Aborted when the page is left. */
  signal: AbortSignal
}

export interface Mounted {
  unmount?: () => void
}

export interface PageModule {
  contract: 1
  mount: (element: HTMLElement, context: PageContext) => Mounted | undefined | Promise<Mounted | undefined>
}

/** Why a third-party page could not be shown; told to the console, not to the person. */
export class PageBroken extends Error {
  override readonly name = 'PageBroken'
}

/** Check what a module exports before anything of it is called. */
export function checkPageModule(exports: unknown, url: string): PageModule {
  const { contract, mount } = (exports ?? {}) as Partial<Record<keyof PageModule, unknown>>
  if (contract !== 1)
    throw new PageBroken(`${url} must export const contract = 1; it exports ${String(contract)}.`)
  if (typeof mount !== 'function')
    throw new PageBroken(`${url} must export function mount(element, context).`)
  return exports as PageModule
}
