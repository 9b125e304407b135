import { csrfHeader } from '@banksia/kit/csrf'
import { hrefWithin, ownAddress, pathWithin } from './addresses'
import { checkPageModule, type Mounted, type PageContext } from './contract'
import { followLinks } from './follow-links'
import type { Surroundings } from './surroundings'

export interface MountOptions {
  load?: (url: string) => Promise<unknown>
  onMounted?: () => void
  onBroken: (error: unknown) => void
}

const importModule = (url: string): Promise<unknown> => import(/* @vite-ignore */ url)

/** Load a third-party page into an element. Answers the way out, which also stops a page still being loaded. */
export function mountPage(
  element: HTMLElement,
  url: string,
  around: Surroundings,
  { load = importModule, onMounted, onBroken }: MountOptions,
): () => void {
  const abort = new AbortController()
  const { signal } = abort
  const left = () => signal.aborted
  const context = contextFor(around, signal)
  const stopFollowing = followLinks(element, location.origin, context.open)
  let mounted: Mounted | undefined
  const leave = (): void => {
    try {
      mounted?.unmount?.()
    } catch (error) {
      console.error(`${url}: unmount failed`, error)
    }
    stopFollowing()
    element.replaceChildren()
  }
  const begin = async () => {
    try {
      const page = checkPageModule(await load(url), url)
      if (left()) return
      mounted = await page.mount(element, context)
      // It was left while it was being mounted: take it away again.
      if (left()) leave()
      else onMounted?.()
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
  const { basePath, area, organisation, user, currentHref, onNavigate, setTitle } = around
  const href = (path: string) => hrefWithin(basePath, path)
  const here = () => pathWithin(basePath, currentHref())
  return {
    basePath,
    area,
    path: here() ?? '/',
    href,
    navigate: (path, options) => around.navigate(href(path), options),
    open: (address) => {
      const url = ownAddress(address)
      if (url) around.navigate(`${url.pathname}${url.search}${url.hash}`)
    },
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
    locale: document.documentElement.lang || 'en-AU',
    signal,
  }
}
