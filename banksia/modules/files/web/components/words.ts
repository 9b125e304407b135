import { formatAddress, formatParcel } from '@banksia/kit'
import type { ActivityRead, FolderSummary } from '../api'

/** What was done, as the log says it. */
export const actions: Record<ActivityRead['action'], string> = {
  document_added: 'Added',
  version_added: 'New version',
  document_downloaded: 'Downloaded',
  document_viewed: 'Viewed',
  certificate_filed: 'Certificate filed',
  certificate_replaced: 'Certificate replaced',
  document_changed: 'Details changed',
  document_moved: 'Moved',
  document_linked: 'Linked to another property',
  document_unlinked: 'Link removed',
  document_pinned: 'Pinned',
  document_unpinned: 'Unpinned',
  document_sent: 'Sent',
  shared_opened: 'Downloaded by its reader',
  sending_returned: 'Mail came back',
  comment_added: 'Comment',
  reminder_set: 'Reminder set',
  reminder_sent: 'Reminder sent',
  reminder_cancelled: 'Reminder cancelled',
  removal_asked: 'Removal asked for',
  removal_withdrawn: 'Removal withdrawn',
  removal_refused: 'Removal refused',
  document_isolated: 'Removed, can be restored',
  document_restored: 'Restored',
  document_purged: 'Purged',
  load_undone: 'Load undone',
  folder_created: 'Folder made',
  folder_renamed: 'Folder renamed',
  folder_archived: 'Folder archived',
  folder_reopened: 'Folder opened again',
  application_created: 'Development application added',
  demolition_noted: 'Demolition noted',
  retention_chosen: 'Retention class chosen',
  hold_placed: 'Hold placed',
  hold_lifted: 'Hold lifted',
  file_exported: 'File exported',
  file_imported: 'File imported',
}

/** The same where the action comes as text. */
export const actionWord = (action: string): string =>
  action in actions ? actions[action as ActivityRead['action']] : action

export const logKinds = [
  { value: 'all', label: 'Everything' },
  { value: 'changes', label: 'Changes' },
  { value: 'looks', label: 'Views and downloads' },
  { value: 'talk', label: 'Comments, reminders, mail' },
  { value: 'removal', label: 'Removals and holds' },
] as const

/** `12 documents`, `1 document`. */
export const counted = (count: number, one: string, many = `${one}s`) =>
  `${count.toLocaleString('en-AU')} ${count === 1 ? one : many}`

/** `DA 2017/41` for the folder of an application, else its name. */
export const folderTitle = ({ name, application_number, parent_id }: FolderSummary) =>
  application_number && !parent_id ? `DA ${application_number}` : name

/** A folder with those above it: `DA 2017/41, Plans`. */
export function pathTitle(folder: FolderSummary, folders: readonly FolderSummary[]): string {
  const above = folders.find(({ id }) => id === folder.parent_id)
  return above ? `${pathTitle(above, folders)}, ${folderTitle(folder)}` : folderTitle(folder)
}

/** A parcel as a document names it, `B//DP397521`, or as the server says it already. */
export const parcelTitle = (parcel: string) => (/^Lot/.test(parcel) ? parcel : formatParcel(parcel))

const TYPES: Record<string, string> = {
  'application/pdf': 'PDF',
  'image/tiff': 'TIFF',
  'image/jpeg': 'JPEG',
  'image/png': 'PNG',
  'image/gif': 'GIF',
  'image/webp': 'WEBP',
  'application/vnd.ms-outlook': 'MSG',
  'message/rfc822': 'EML',
  'application/msword': 'DOC',
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document': 'DOCX',
  'application/vnd.ms-excel': 'XLS',
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet': 'XLSX',
  'text/plain': 'TXT',
  'text/csv': 'CSV',
  'application/zip': 'ZIP',
}

/** The type of a file in a few letters: of what it is, else of its name's ending. */
export function typeWord({ content_type, file_name }: { content_type: string; file_name: string }): string {
  const type = content_type.split(';', 1)[0]?.trim() ?? ''
  const ending = /\.([A-Za-z0-9]{1,4})$/.exec(file_name)?.[1]
  const vague = ['application/zip', 'text/plain', 'application/octet-stream', 'application/x-ole-storage']
  return (
    (vague.includes(type) ? ending?.toUpperCase() : undefined) ??
    TYPES[type] ??
    ending?.toUpperCase() ??
    'FILE'
  )
}

const KINDS: Record<string, string> = {
  'image/svg+xml': 'SVG drawing',
  'image/vnd.dwg': 'DWG drawing',
  'image/vnd.dxf': 'DXF drawing',
  'image/heic': 'HEIC picture',
  'image/bmp': 'BMP picture',
  'text/html': 'Web page',
  'text/xml': 'XML',
  'application/xml': 'XML',
  'application/json': 'JSON',
  'application/rtf': 'RTF',
  'text/rtf': 'RTF',
  'video/mp4': 'MP4 film',
  'audio/mpeg': 'MP3 sound',
  'inode/x-empty': 'Empty file',
}

/** A kind of file in words, else by what most of their names end with: never a type as machines write it. */
export function kindWord(type: string, ending: string | null): string {
  const plain = type.split(';', 1)[0]?.trim() ?? ''
  const word = TYPES[plain] ?? KINDS[plain]
  if (word) return word
  return ending ? `${ending.toUpperCase()} file` : 'Other files'
}

/** Where the bytes of a version are, or what was drawn of them. */
export const versionOf = (documentId: string, number: number, what: 'content' | 'preview' | 'thumbnail') =>
  `/api/files/documents/${documentId}/versions/${String(number)}/${what}`

export const contentOf = (documentId: string, number: number) => versionOf(documentId, number, 'content')

/** Buttons that are words, as small as the rows around them. */
export const smallWords = { '& button, & button span': { fontSize: '0.875rem' } } as const

/** The gold of a pin, dark enough to be seen on white. */
export const PINNED = '#8f6400'

/** What a property is called where there is one line for it: `9 Portland Road, Portland`, or its land. */
export const labelWords = (label: string) => (/^Lot\b/i.test(label) ? label : formatAddress(label))
