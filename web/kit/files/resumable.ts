// A client of tus 1.0 (https://tus.io/protocols/resumable-upload): creation, checksum of each part, resuming, ending.
import { csrfHeader } from '../api/csrf'
import { ProblemError, problemOf, problemOfResponse } from '../api/problem'
import { type BytesAnswer, cancelled, sendBytes } from './send-bytes'
import { sha256Of } from './sha256'

const VERSION = { 'Tus-Resumable': '1.0.0' }
const PART = 8 * 1024 * 1024
/** How long one waits, in milliseconds, before looking whether the connection is back; the last one repeats. */
const PAUSES = [1000, 2000, 5000, 15_000]
/** How often a part is sent again that did not arrive as it was, before a person hears of it. */
const TRIES = 5

export interface ResumableOptions {
  /** Where uploads are announced. */
  url: string
  /** What the server is told of the file; empty values are left out. */
  metadata: Record<string, string>
  /** The address of an upload of this file that was begun before. */
  begun?: string
  onBegun?: (url: string) => void
  onProgress?: (sent: number) => void
  /** The connection is lost with so many bytes stored; null once it goes on. */
  onLost?: (stored: number | null) => void
  signal?: AbortSignal
  pauses?: readonly number[]
}

interface Place {
  url: string
  offset: number
  /** What the file became, once it is stored. */
  result: string | null
}

/** Send a file in parts, across lost connections; answers the id of what it became. Throws a ProblemError. */
export async function sendResumable(file: File, options: ResumableOptions): Promise<string> {
  const { onBegun, onLost, signal } = options
  const pauses = options.pauses ?? PAUSES
  let lost = false
  const onProgress = (sent: number) => {
    if (lost) onLost?.(null)
    lost = false
    options.onProgress?.(sent)
  }
  let place: Place | null = null
  let failures = 0
  for (;;) {
    try {
      if (signal?.aborted) throw cancelled()
      if (place) {
        const before = place.offset
        place = await sendPart(file, place, { ...options, onProgress })
        if (place.offset > before) failures = 0
      } else {
        place = (options.begun ? await find(options.begun) : null) ?? (await begin(file, options))
        onBegun?.(place.url)
      }
      onProgress(place.offset)
      if (place.result !== null) return place.result
    } catch (error) {
      const problem = error instanceof DOMException ? null : problemOf(error)
      failures += 1
      if (!problem || !canGoOn(problem, failures)) throw error
      if (problem.mayPass) {
        lost = true
        onLost?.(place?.offset ?? 0)
      }
      await pause(pauses[Math.min(failures, pauses.length) - 1] ?? 0, signal)
      if (place) place = await whereNow(place, error)
    }
  }
}

/** Break an upload off, so that the server keeps nothing of it. */
export async function endResumable(url: string): Promise<void> {
  await fetch(url, { method: 'DELETE', headers: { ...VERSION, ...csrfHeader('DELETE') } }).catch(
    () => undefined,
  )
}

/** Without a connection it goes on for ever, by itself; what the server does not take is told after a few tries. */
function canGoOn(problem: ProblemError, failures: number): boolean {
  if (problem.status === 0) return true
  const again =
    problem.mayPass || [423, 460].includes(problem.status) || problem.type.endsWith(':offset-mismatch')
  return again && failures < TRIES
}

async function begin(file: File, { url, metadata, signal }: ResumableOptions): Promise<Place> {
  const said = Object.entries(metadata).filter(([, value]) => value !== '')
  const headers = {
    ...VERSION,
    ...csrfHeader('POST'),
    'Upload-Length': String(file.size),
    'Upload-Metadata': said
      .map(([key, value]) => `${key} ${base64(new TextEncoder().encode(value))}`)
      .join(','),
  }
  const answer = await ask(url, { method: 'POST', headers, signal })
  return placeOf(answer.headers.get('Location') ?? '', (name) => answer.headers.get(name))
}

/** Where an upload stands; null when the server has given it up. */
async function find(url: string): Promise<Place | null> {
  try {
    const answer = await ask(url, { method: 'HEAD', headers: VERSION })
    return placeOf(url, (name) => answer.headers.get(name))
  } catch (error) {
    if (error instanceof ProblemError && [404, 410].includes(error.status)) return null
    throw error
  }
}

/** The server's word on how far it is counts, whatever was sent. It stays where it was while there is no answer. */
async function whereNow(place: Place, error: unknown): Promise<Place> {
  try {
    const found = await find(place.url)
    if (found) return found
  } catch {
    return place
  }
  throw error
}

async function sendPart(file: File, place: Place, { onProgress, signal }: ResumableOptions): Promise<Place> {
  const { url, offset } = place
  const body = file.slice(offset, Math.min(offset + PART, file.size))
  const hash = await sha256Of(body)
  const bytes = Uint8Array.from(hash.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16))
  const headers = {
    ...VERSION,
    'Content-Type': 'application/offset+octet-stream',
    'Upload-Offset': String(offset),
    'Upload-Checksum': `sha256 ${base64(bytes)}`,
  }
  const progress = (sent: number) => onProgress?.(offset + sent)
  const answer: BytesAnswer = await sendBytes({
    method: 'PATCH',
    url,
    body,
    headers,
    onProgress: progress,
    signal,
  })
  return placeOf(url, answer.header)
}

function placeOf(url: string, header: (name: string) => string | null): Place {
  return { url, offset: Number(header('Upload-Offset') ?? 0), result: header('Banksia-Document') }
}

async function ask(url: string, init: RequestInit): Promise<Response> {
  const answer = await fetch(url, init).catch((error: unknown) => {
    throw error instanceof DOMException ? error : problemOfResponse(undefined, null)
  })
  if (!answer.ok) throw problemOfResponse(answer, await answer.json().catch(() => null))
  return answer
}

/** Wait; shorter when the browser says that it is online again. */
function pause(milliseconds: number, signal: AbortSignal | undefined): Promise<void> {
  if (signal?.aborted) return Promise.reject(cancelled())
  return new Promise((resolve, reject) => {
    const done = () => {
      clearTimeout(timer)
      removeEventListener('online', done)
      resolve()
    }
    const timer = setTimeout(done, milliseconds)
    addEventListener('online', done)
    signal?.addEventListener('abort', () => {
      done()
      reject(cancelled())
    })
  })
}

const base64 = (bytes: Uint8Array) => btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''))
