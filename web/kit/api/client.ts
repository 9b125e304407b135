import { csrfHeader } from './csrf'
import { type Client, createClient, createConfig } from './generated/client'
import { problemOfResponse } from './problem'

export * from './generated/client'

/**
 * The one client behind every module's generated calls: same origin, cookies only.
 * The session is an HttpOnly cookie, so no script ever holds a login token.
 */
export const client: Client = createClient(createConfig({ baseUrl: '', credentials: 'same-origin' }))

client.interceptors.request.use((request) => {
  for (const [name, value] of Object.entries(csrfHeader(request.method))) request.headers.set(name, value)
  return request
})

client.interceptors.error.use((error, response) => {
  const cancelled = error instanceof DOMException && error.name === 'AbortError'
  return cancelled ? error : problemOfResponse(response, error)
})
