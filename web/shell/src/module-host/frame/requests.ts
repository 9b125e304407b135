import { csrfHeader } from '@banksia/kit/csrf'
import { mayFetch } from '../addresses'
import type { Answer, ToFrame, ToShell } from './messages'

type Asked = Extract<ToShell, { type: 'fetch' }>

const AT_ONCE = 16
const SENT = new Set([
  'accept',
  'accept-language',
  'content-type',
  'idempotency-key',
  'if-match',
  'if-modified-since',
  'if-none-match',
  'range',
])
const KEPT_BACK = new Set(['set-cookie', 'content-security-policy', 'strict-transport-security'])
const REFUSED = 'A page in a frame reaches only its own module and what the council granted it.'

/** Asks the API for a page in a frame, as the person who looks at it, and only what such a page may ask. */
export class Requests {
  private readonly running = new Map<number, AbortController>()
  private readonly module: string
  private readonly capabilities: readonly string[]
  private readonly post: (message: ToFrame, transfer?: Transferable[]) => void

  constructor(module: string, capabilities: readonly string[], post: Requests['post']) {
    this.module = module
    this.capabilities = capabilities
    this.post = post
  }

  abort(id: number): void {
    this.running.get(id)?.abort()
  }

  abortAll(): void {
    for (const each of this.running.values()) each.abort()
  }

  async run(asked: Asked): Promise<void> {
    const { id } = asked
    const address = mayFetch(this.module, this.capabilities, asked.method, asked.url)
    if (address === null || this.running.has(id)) {
      this.post({ type: 'refused', id, message: REFUSED })
      return
    }
    if (this.running.size >= AT_ONCE) {
      this.post({ type: 'refused', id, message: `Ask at most ${AT_ONCE} things at a time.` })
      return
    }
    const abort = new AbortController()
    this.running.set(id, abort)
    try {
      const answer = await this.ask(asked, address, abort.signal)
      this.post(answer, answer.body ? [answer.body] : [])
    } catch {
      this.post({ type: 'refused', id, message: 'The request did not come through.' })
    } finally {
      this.running.delete(id)
    }
  }

  private async ask(asked: Asked, address: string, signal: AbortSignal): Promise<Answer> {
    const headers = new Headers(
      Object.entries(asked.headers).filter(([name]) => SENT.has(name.toLowerCase())),
    )
    for (const [name, value] of Object.entries(csrfHeader(asked.method))) headers.set(name, value)
    const { id, method, body } = asked
    const bare = method === 'GET' || method === 'HEAD'
    const response = await fetch(address, { method, headers, body: bare ? null : body, signal })
    // Where it was led on to must be as open to the frame as where it began.
    if (response.url && mayFetch(this.module, this.capabilities, method, response.url) === null)
      throw new Error(REFUSED)
    const content = await response.arrayBuffer()
    return {
      type: 'answer',
      id,
      status: response.status,
      statusText: response.statusText,
      headers: [...response.headers].filter(([name]) => !KEPT_BACK.has(name)),
      body: content.byteLength > 0 ? content : null,
    }
  }
}
