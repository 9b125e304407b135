import {
  type DroppedFile,
  forgetUnfinished,
  formatProgress,
  keepUnfinished,
  onSignedOut,
  ProblemError,
  type SendOptions,
  sendResumable,
  sha256Of,
  type Unfinished,
  unfinishedUploads,
  UploadQueue,
} from '@banksia/kit'
import { createFolder } from '../api'

/** Where a file goes, and what was decided about it. */
export interface Placing {
  folderId: string
  /** Folders to find or make below it. */
  below: readonly string[]
  /** It is a new version of this document. */
  documentId?: string
  addAnyway?: boolean
  /** It was chosen to go on with an upload that is not finished. */
  resumes?: boolean
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
  for (const { queue } of all.values()) for (const { id } of queue.uploads) queue.remove(id)
  all.clear()
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

export function addFiles(
  uploads: FileUploads,
  dropped: readonly DroppedFile[],
  placing: Omit<Placing, 'below'>,
) {
  for (const { file, folders } of dropped) uploads.placings.set(file, { ...placing, below: folders })
  uploads.queue.add(dropped.map(({ file }) => file))
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
  const left = unfinishedUploads().find(
    (each) =>
      each.about === uploads.propertyId &&
      each.sha256 === sha256 &&
      each.size === file.size &&
      (placing.resumes ?? each.metadata.folder_id === placing.folderId),
  )
  if (placing.resumes && !left) throw notUnfinished(file.name)
  const metadata = left?.metadata ?? (await metadataOf(uploads, placing, file, sha256))
  if (placing.addAnyway) metadata.add_anyway = 'true'
  options.onNote(null)
  return sendInParts(uploads, file, { ...options, metadata, sha256, left })
}

async function metadataOf(uploads: FileUploads, placing: Placing, file: File, sha256: string) {
  return {
    property_id: uploads.propertyId,
    folder_id: await folderFor(uploads, placing),
    filename: file.name,
    sha256,
    ...(placing.documentId ? { document_id: placing.documentId } : {}),
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

interface Sending extends SendOptions {
  metadata: Record<string, string>
  sha256: string
  left?: Unfinished
}

async function sendInParts(uploads: FileUploads, file: File, sending: Sending): Promise<string> {
  const { metadata, sha256, left, onProgress, onNote, signal } = sending
  let begun = left?.url
  const documentId = await sendResumable(file, {
    url: UPLOADS,
    metadata,
    begun,
    onBegun: (url) => {
      if (begun && begun !== url) forgetUnfinished(begun)
      begun = url
      keepUnfinished({ url, name: file.name, size: file.size, sha256, about: uploads.propertyId, metadata })
    },
    onProgress,
    onLost: (stored) => onNote(stored === null ? null : lostAt(stored, file.size)),
    signal,
  })
  if (begun) forgetUnfinished(begun)
  return documentId
}

const lostAt = (stored: number, size: number) =>
  `The connection was lost at ${formatProgress(stored, size)}. The upload goes on when you are back online.`

const notUnfinished = (name: string) =>
  new ProblemError(
    { detail: `${name} is none of the files that were not finished. Choose the same file again.` },
    422,
  )
