import { csrfHeader } from '@banksia/kit/csrf'
import { checkPageModule, type Mounted, type PageContext } from './contract'

/** What the host needs of the shell around it. */
export interface Surroundings extends Pick<PageContext, 'basePath' | 'organisation' | 'user' | 'setTitle'> {
  currentHref: () => string
  navigate: (href: string, options?: { replace?: boolean }) => void
  /** Calls back after each change of the address. */
  onNavigate: (listener: () => void) => () => void
  load?: (url: string) => Promise<unknown>
}

const importModule = (url: string): Promise<unknown> => import(/* @vite-ignore */ url)

/** The part of an address that is the page's own, or null when it is elsewhere. */
export function pathWithin(basePath: string, href: string): string | null {
  if (href === basePath) return '/'
  const rest = href.startsWith(basePath) ? href.slice(basePath.length) : ''
  if (rest.startsWith('/')) return rest
  return rest.startsWith('?') || rest.startsWith('#') ? `/${rest}` : null
}

/** Load a third-party page into an element. Answers the way out, which also stops a page still being loaded. */
export function mountPage(
  element: HTMLElement,
  url: string,
  around: Surroundings,
  onBroken: (error: unknown) => void,
): () => void {
  const abort = new AbortController()
  const { signal } = abort
  const left = () => signal.aborted
  let mounted: Mounted | undefined
  const leave = (): void => {
    try {
      mounted?.unmount?.()
    } catch (error) {
      console.error(`${url}: unmount failed`, error)
    }
    element.replaceChildren()
  }
  const begin = async () => {
    try {
      const page = checkPageModule(await (around.load ?? importModule)(url), url)
      if (left()) return
      mounted = await page.mount(element, contextFor(around, signal))
      // It was left while it was being mounted: take it away again.
      if (left()) leave()
    } catch (error) {
      if (!left()) onBroken(error)
    }
  }
  void begin()
  return () => {
    abort.abort()
    leave()
  }
}

function contextFor(around: Surroundings, signal: AbortSignal): PageContext {
  const { basePath, organisation, user, currentHref, onNavigate, setTitle } = around
  const href = (path: string) =>
    `${basePath}${path.startsWith('/') ? path : `/${path}`}`.replace(/\/$/, '') || '/'
  const here = () => pathWithin(basePath, currentHref())
  return {
    basePath,
    path: here() ?? '/',
    href,
    navigate: (path, options) => around.navigate(href(path), options),
    onPathChange: (listener) => {
      const stop = onNavigate(() => {
        const path = here()
        if (path !== null) listener(path)
      })
      signal.addEventListener('abort', stop)
      return stop
    },
    setTitle: (title) => {
      if (!signal.aborted) setTitle(title)
    },
    fetch: (input, init = {}) => {
      const headers = new Headers(init.headers)
      const ownOrigin = new URL(input, location.href).origin === location.origin
      const proof = ownOrigin ? csrfHeader(init.method ?? 'GET') : {}
      for (const [name, value] of Object.entries(proof)) headers.set(name, value)
      const signals = init.signal ? AbortSignal.any([signal, init.signal]) : signal
      return fetch(input, { ...init, headers, signal: signals })
    },
    organisation: {
      id: organisation.id,
      slug: organisation.slug,
      name: organisation.name,
      service_name: organisation.service_name,
    },
    user: user && { id: user.id, name: user.name, kind: user.kind, permissions: user.permissions },
    locale: 'en-AU',
    signal,
  }
}
