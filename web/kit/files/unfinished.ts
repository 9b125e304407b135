// What this tab has begun to send and not finished. A browser gives no file back after a reload, so what is kept is how
// to know the file again; the tab's own memory is emptied when the person signs out.

export interface Unfinished {
  /** The address of the upload. */
  url: string
  name: string
  size: number
  sha256: string
  /** What the upload belongs to, such as a property. */
  about: string
  /** What the server was told of it. */
  metadata: Record<string, string>
}

const KEY = 'banksia.unfinished-uploads'
const listeners = new Set<() => void>()
let cached: { text: string | null; uploads: readonly Unfinished[] } = { text: null, uploads: [] }

/** All that are not finished; the same list until one is kept or forgotten. */
export function unfinishedUploads(): readonly Unfinished[] {
  const text = sessionStorage.getItem(KEY)
  if (text !== cached.text) cached = { text, uploads: text ? (JSON.parse(text) as Unfinished[]) : [] }
  return cached.uploads
}

export function keepUnfinished(upload: Unfinished): void {
  write([...unfinishedUploads().filter(({ url }) => url !== upload.url), upload])
}

export function forgetUnfinished(forgotten: string): void {
  write(unfinishedUploads().filter(({ url }) => url !== forgotten))
}

export function subscribeUnfinished(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

function write(uploads: readonly Unfinished[]): void {
  try {
    sessionStorage.setItem(KEY, JSON.stringify(uploads))
  } catch {
    // A full or forbidden memory costs the going on after a reload, not the upload.
  }
  for (const listener of listeners) listener()
}
