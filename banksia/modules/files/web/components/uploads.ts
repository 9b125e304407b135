import {
  type DroppedFile,
  endResumable,
  forgetRemaining,
  formatProgress,
  keepBegun,
  keepRemaining,
  leftUploads,
  onSignedOut,
  ProblemError,
  remainingUpload,
  type SendOptions,
  sendResumable,
  sha256Of,
  type Upload,
  UploadQueue,
} from '@banksia/kit'
import { createFolder } from '../api'
import { type GivenAgain, matched } from './given-again'

/** Where a file goes, and what was decided about it. */
export interface Placing {
  folderId: string
  /** Folders to find or make below it. */
  below: readonly string[]
  /** It is a new version of this document. */
  documentId?: string
  /** The one of the property's parcels that it is about; without one the whole property, or its only one. */
  parcel?: string
  addAnyway?: boolean
  /** As what it is remembered until it is stored. */
  remainingId: string
}

/** The files on their way into one property's file: they go on while one looks at other pages. */
export interface FileUploads {
  propertyId: string
  queue: UploadQueue<string>
  placings: WeakMap<File, Placing>
  /** Folders that were made or found, by parent and name. */
  folders: Map<string, Promise<string>>
}

const UPLOADS = '/api/files/uploads'
const all = new Map<string, FileUploads>()

onSignedOut(() => {
  for (const { queue } of all.values()) queue.remove(...queue.uploads.map(({ id }) => id))
  all.clear()
})

export const isUnderWay = ({ state }: Upload) => state === 'uploading' || state === 'waiting'

// Whichever page is open: who closes it while files wait is asked first.
addEventListener('beforeunload', (event) => {
  if ([...all.values()].some(({ queue }) => queue.uploads.some(isUnderWay))) event.preventDefault()
})

export function uploadsOf(propertyId: string): FileUploads {
  const known = all.get(propertyId)
  if (known) return known
  const uploads: FileUploads = {
    propertyId,
    queue: new UploadQueue<string>({ send: (file, options) => send(uploads, file, options) }, 2),
    placings: new WeakMap(),
    folders: new Map(),
  }
  all.set(propertyId, uploads)
  return uploads
}

/** Add files to a folder; those that an earlier page had not finished there go on. */
export function addFiles(
  uploads: FileUploads,
  dropped: readonly DroppedFile[],
  { folderId, documentId, parcel }: Pick<Placing, 'folderId' | 'documentId' | 'parcel'>,
): void {
  const target = { folderId, ...(documentId ? { documentId } : {}), ...(parcel ? { parcel } : {}) }
  const before = leftUploads().filter(
    (each) =>
      each.about === uploads.propertyId &&
      each.target.folderId === folderId &&
      each.target.documentId === documentId,
  )
  const { given, unknown } = matched(before, dropped)
  const about = uploads.propertyId
  const fresh = unknown.map(({ file, folders: below }) => {
    const { name, size } = file
    return { file, as: { id: crypto.randomUUID(), name, size, below, about, target } }
  })
  begin(uploads, [...given, ...fresh])
}

/** Go on with what an earlier page had not finished, or begin it. */
export function begin(uploads: FileUploads, given: readonly GivenAgain[]): void {
  keepRemaining(given.map(({ as }) => as))
  for (const { file, as } of given) {
    const { folderId = '', documentId, parcel } = as.target
    uploads.placings.set(file, { folderId, documentId, parcel, below: as.below, remainingId: as.id })
  }
  uploads.queue.add(given.map(({ file }) => file))
}

/** Take files off the list. What has come of those that are not stored is not kept, here or at the server. */
export function giveUp(uploads: FileUploads, ...ids: readonly string[]): void {
  const files = ids.map((id) => uploads.queue.fileOf(id))
  uploads.queue.remove(...ids)
  breakOff(files.flatMap((file) => (file && uploads.placings.get(file)?.remainingId) ?? []))
}

/** The same for what an earlier page had not finished. */
export function breakOff(remaining: readonly string[]): void {
  for (const { begun } of forgetRemaining(...remaining)) if (begun) void endResumable(begun.url)
}

/** The folder of this file that a row was dropped into. */
export async function folderOf(uploads: FileUploads, id: string): Promise<string> {
  const file = uploads.queue.fileOf(id)
  const placing = file && uploads.placings.get(file)
  if (!placing) throw new Error('A file needs a folder.')
  return folderFor(uploads, placing)
}

/** Add a file although its bytes are here already. */
export function addAnyway(uploads: FileUploads, id: string): void {
  const file = uploads.queue.fileOf(id)
  const placing = file && uploads.placings.get(file)
  if (file && placing) uploads.placings.set(file, { ...placing, addAnyway: true })
  uploads.queue.retry(id)
}

async function send(uploads: FileUploads, file: File, options: SendOptions): Promise<string> {
  const placing = uploads.placings.get(file)
  if (!placing) throw new Error('A file needs a folder.')
  options.onNote('Being read')
  const sha256 = await sha256Of(file)
  const begun = remainingUpload(placing.remainingId)?.begun
  if (begun && begun.sha256 !== sha256) throw notTheSame(file.name)
  const metadata = { ...(begun?.metadata ?? (await metadataOf(uploads, placing, file, sha256))) }
  if (placing.addAnyway) metadata.add_anyway = 'true'
  options.onNote(null)
  const documentId = await sendResumable(file, {
    url: UPLOADS,
    metadata,
    begun: begun?.url,
    onBegun: (url) => {
      keepBegun(placing.remainingId, { url, sha256, metadata })
    },
    onProgress: options.onProgress,
    onLost: (stored) => {
      options.onNote(stored === null ? null : lostAt(stored, file.size))
    },
    signal: options.signal,
  })
  forgetRemaining(placing.remainingId)
  return documentId
}

async function metadataOf(uploads: FileUploads, placing: Placing, file: File, sha256: string) {
  return {
    property_id: uploads.propertyId,
    folder_id: await folderFor(uploads, placing),
    filename: file.name,
    sha256,
    ...(placing.documentId ? { document_id: placing.documentId } : {}),
    ...(placing.parcel ? { parcel: placing.parcel } : {}),
  } as Record<string, string>
}

/** The folder that a file of a dropped folder goes into; each is made once, however many files lie in it. */
async function folderFor({ propertyId, folders }: FileUploads, placing: Placing): Promise<string> {
  let parent = placing.folderId
  for (const name of placing.below) {
    const key = `${parent}/${name}`
    const made =
      folders.get(key) ??
      createFolder({
        path: { property_id: propertyId },
        body: { name: name.slice(0, 120), parent_id: parent },
        throwOnError: true,
      }).then(({ data }) => data.id)
    folders.set(key, made)
    made.catch(() => folders.delete(key))
    parent = await made
  }
  return parent
}

const lostAt = (stored: number, size: number) =>
  `The connection was lost at ${formatProgress(stored, size)}. The upload goes on when you are back online.`

const notTheSame = (name: string) =>
  new ProblemError(
    {
      title: 'Not the file that was begun',
      detail: `This ${name} is another file than the one that was not finished. Choose the same file again.`,
    },
    422,
  )
