import { hrefWithin } from '../addresses'
import { checkPageModule, type Mounted, type PageContext } from '../contract'
import { followLinks } from '../follow-links'
import { act, type Acts, type Answer, type Start, type ToFrame, type ToShell } from './messages'

type Post = (message: ToShell, transfer?: Transferable[]) => void

interface Waiting {
  resolve: (response: Response) => void
  reject: (error: unknown) => void
}

const importModule = (url: string): Promise<unknown> => import(/* @vite-ignore */ url)

/** The frame's end of the bridge: the same `mount(element, context)`, its context made of messages. */
export function mountPage(element: HTMLElement, post: Post, load = importModule) {
  const abort = new AbortController()
  const waiting = new Map<number, Waiting>()
  const listeners = new Set<(path: string) => void>()
  let mounted: Mounted | undefined
  let last = 0

  const send = async (input: string, init: RequestInit = {}): Promise<Response> => {
    const signal = init.signal ? AbortSignal.any([abort.signal, init.signal]) : abort.signal
    const request = new Request(new URL(input, location.href), { ...init, signal })
    const bare = request.method === 'GET' || request.method === 'HEAD'
    const body = bare ? null : await request.arrayBuffer()
    signal.throwIfAborted()
    const id = (last += 1)
    return new Promise((resolve, reject) => {
      waiting.set(id, { resolve, reject })
      signal.addEventListener('abort', () => {
        if (!waiting.delete(id)) return
        post({ type: 'abort', id })
        reject(signal.reason as Error)
      })
      const { url, method, headers } = request
      post({ type: 'fetch', id, url, method, headers: Object.fromEntries(headers), body }, body ? [body] : [])
    })
  }

  const settle = (id: number, how: (one: Waiting) => void) => {
    const one = waiting.get(id)
    waiting.delete(id)
    if (one) how(one)
  }

  const begin = async ({ script, theme, context }: Start) => {
    document.documentElement.lang = context.locale
    for (const [name, value] of Object.entries(theme)) document.documentElement.style.setProperty(name, value)
    const { basePath } = context
    const given: PageContext = {
      ...context,
      href: (path) => hrefWithin(basePath, path),
      navigate: (path, { replace = false } = {}) => post({ type: 'navigate', path, replace }),
      open: (address) => post({ type: 'open', address }),
      onPathChange: (listener) => {
        listeners.add(listener)
        return () => listeners.delete(listener)
      },
      setTitle: (title) => post({ type: 'title', title: title.slice(0, 200) }),
      fetch: send,
      signal: abort.signal,
    }
    followLinks(document.documentElement, location.origin, given.open)
    try {
      const page = checkPageModule(await load(script), script)
      if (abort.signal.aborted) return
      mounted = await page.mount(element, given)
      post({ type: 'mounted' })
    } catch (error) {
      console.error(error)
      post({ type: 'broken', message: String(error).slice(0, 2000) })
    }
  }

  const acts: Acts<ToFrame> = {
    start: (given) => void begin(given),
    answer: (answer) => settle(answer.id, ({ resolve }) => resolve(responseOf(answer))),
    refused: ({ id, message }) => settle(id, ({ reject }) => reject(new TypeError(message))),
    path: ({ path }) => {
      for (const listener of listeners) listener(path)
    },
    leave: () => {
      abort.abort()
      mounted?.unmount?.()
    },
  }
  const hear = (message: ToFrame): void => act(acts, message)
  return { hear }
}

const EMPTY = new Set([204, 205, 304])

function responseOf({ status, statusText, headers, body }: Answer): Response {
  return new Response(EMPTY.has(status) ? null : body, { status, statusText, headers })
}
