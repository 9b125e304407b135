import { csrfHeader } from '../api/csrf'
import { ProblemError, problemOfResponse } from '../api/problem'

export interface BytesToSend {
  method: 'POST' | 'PUT' | 'PATCH'
  url: string
  body: Blob
  headers: Record<string, string>
  onProgress?: (sent: number) => void
  signal?: AbortSignal
}

export interface BytesAnswer {
  header: (name: string) => string | null
  /** The decoded JSON, or null. */
  body: unknown
}

/**
 * Send bytes as the body of one request. `fetch` cannot tell how much was sent, so this is the one place with an
 * XMLHttpRequest. Throws a ProblemError, whose status is 0 when the connection was lost.
 */
export function sendBytes({
  method,
  url,
  body,
  headers,
  onProgress,
  signal,
}: BytesToSend): Promise<BytesAnswer> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest()
    request.open(method, url)
    for (const [name, value] of Object.entries({ ...csrfHeader(method), ...headers }))
      request.setRequestHeader(name, value)
    request.upload.addEventListener('progress', (event) => onProgress?.(event.loaded))
    request.addEventListener('load', () => {
      const answer = decode(request.responseText)
      if (request.status >= 200 && request.status < 300)
        resolve({ header: (name) => request.getResponseHeader(name), body: answer })
      else reject(problemOfResponse(new Response(null, { status: request.status }), answer))
    })
    request.addEventListener('error', () => reject(lostConnection))
    request.addEventListener('abort', () => reject(cancelled()))
    if (signal?.aborted) {
      reject(cancelled())
      return
    }
    signal?.addEventListener('abort', () => request.abort())
    request.send(body)
  })
}

export const cancelled = () => new DOMException('The upload was cancelled.', 'AbortError')

const lostConnection = new ProblemError(
  {
    title: 'The connection was lost',
    detail: 'The connection was lost before the whole file was sent. Try again.',
  },
  0,
)

function decode(text: string): unknown {
  try {
    return text ? JSON.parse(text) : null
  } catch {
    return null
  }
}
