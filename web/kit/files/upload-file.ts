import { csrfHeader } from '../api/csrf'
import { ProblemError, problemOfResponse } from '../api/problem'

export interface UploadOptions {
  method?: 'POST' | 'PUT'
  headers?: Record<string, string>
  onProgress?: (sent: number) => void
  signal?: AbortSignal
}

/**
 * Send a file as the raw body of one request and answer the decoded JSON. `fetch` cannot tell how much was sent, so
 * this is the one place with an XMLHttpRequest.
 */
export function uploadFile<Answer>(url: string, body: Blob, options: UploadOptions = {}): Promise<Answer> {
  const { method = 'POST', headers = {}, onProgress, signal } = options
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest()
    request.open(method, url)
    const all = { 'Content-Type': body.type || 'application/octet-stream', ...csrfHeader(method), ...headers }
    for (const [name, value] of Object.entries(all)) request.setRequestHeader(name, value)
    request.upload.addEventListener('progress', (event) => onProgress?.(event.loaded))
    request.addEventListener('load', () => {
      const answer = decode(request.responseText)
      if (request.status >= 200 && request.status < 300) resolve(answer as Answer)
      else reject(problemOfResponse(new Response(null, { status: request.status }), answer))
    })
    request.addEventListener('error', () => reject(lostConnection))
    request.addEventListener('abort', () =>
      reject(new DOMException('The upload was cancelled.', 'AbortError')),
    )
    signal?.addEventListener('abort', () => request.abort())
    request.send(body)
  })
}

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
