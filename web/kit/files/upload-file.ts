import { sendBytes } from './send-bytes'

export interface UploadOptions {
  method?: 'POST' | 'PUT'
  headers?: Record<string, string>
  onProgress?: (sent: number) => void
  signal?: AbortSignal
}

/** Send a file as the raw body of one request and answer the decoded JSON. */
export async function uploadFile<Answer>(
  url: string,
  body: Blob,
  options: UploadOptions = {},
): Promise<Answer> {
  const { method = 'POST', headers = {}, ...rest } = options
  const type = { 'Content-Type': body.type || 'application/octet-stream' }
  const answer = await sendBytes({ method, url, body, headers: { ...type, ...headers }, ...rest })
  return answer.body as Answer
}
