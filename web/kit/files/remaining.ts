// What was dropped and is not stored yet. A browser gives no file back after a reload, so what is kept is how to know
// the file again and where it goes. It is kept in the tab's own memory, which is emptied when the person signs out, and
// is written at most twice a second: a drop has thousands of files.
import { onSignedOut } from '../session/signed-out'

/** An upload that the server knows of. */
export interface Begun {
  url: string
  sha256: string
  /** What the server was told of it. */
  metadata: Record<string, string>
}

/** A file that was dropped and is not stored yet. */
export interface Remaining {
  id: string
  name: string
  size: number
  /** The folders that it lay in where it was taken from. */
  below: readonly string[]
  /** What it belongs to, such as a property. */
  about: string
  /** Where it goes, in the words of whoever sends it. */
  target: Readonly<Record<string, string>>
  begun?: Begun
}

const KEY = 'banksia.remaining-uploads'
const WRITE_EVERY = 500

const listeners = new Set<() => void>()
/** Of this page: it still has the files. */
const held = new Map<string, Remaining>()
/** Of pages before it: a person has to give the files again. */
let left: readonly Remaining[] = []
let isRead = false
let timer: ReturnType<typeof setTimeout> | undefined

/** What an earlier page had not finished; the same list until it changes. */
export function leftUploads(): readonly Remaining[] {
  read()
  return left
}

/** Remember files that were dropped just now, all in one. */
export function keepRemaining(files: readonly Remaining[]): void {
  read()
  const ids = new Set(files.map(({ id }) => id))
  for (const file of files) held.set(file.id, file)
  if (left.some(({ id }) => ids.has(id))) tell(left.filter(({ id }) => !ids.has(id)))
  write()
}

/** Remember where the server keeps what has come of a file. */
export function keepBegun(id: string, begun: Begun): void {
  const file = held.get(id)
  if (!file) return
  held.set(id, { ...file, begun })
  writeSoon()
}

/** A file is stored, or nobody wants it any more; answers what was known of it. */
export function forgetRemaining(...ids: readonly string[]): Remaining[] {
  read()
  const gone = new Set(ids)
  const forgotten = [...held.values(), ...left].filter(({ id }) => gone.has(id))
  for (const id of ids) held.delete(id)
  if (left.some(({ id }) => gone.has(id))) tell(left.filter(({ id }) => !gone.has(id)))
  writeSoon()
  return forgotten
}

/** A file of this page as it is remembered. */
export const remainingUpload = (id: string): Remaining | undefined => held.get(id)

export function subscribeLeft(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

function tell(changed: readonly Remaining[]): void {
  left = changed
  for (const listener of listeners) listener()
}

/** Take over what this tab kept before it was loaded again. */
function read(): void {
  if (isRead) return
  isRead = true
  try {
    const kept = JSON.parse(sessionStorage.getItem(KEY) ?? '[]') as unknown
    left = Array.isArray(kept) ? (kept as Remaining[]) : []
  } catch {
    left = []
  }
}

function writeSoon(): void {
  timer ??= setTimeout(write, WRITE_EVERY)
}

function write(): void {
  clearTimeout(timer)
  timer = undefined
  try {
    const files = [...left, ...held.values()]
    if (files.length === 0) sessionStorage.removeItem(KEY)
    else sessionStorage.setItem(KEY, JSON.stringify(files))
  } catch {
    // A full or forbidden memory costs the list after a reload, not the uploads.
  }
}

addEventListener('pagehide', () => {
  if (timer) write()
})

onSignedOut(() => {
  clearTimeout(timer)
  timer = undefined
  isRead = false
  held.clear()
  tell([])
})
