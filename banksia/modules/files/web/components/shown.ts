import type { DocumentRead } from '../api'
import { contentOf, versionOf } from './words'

const IMAGES = ['image/png', 'image/jpeg', 'image/webp', 'image/gif']

export type Shown = { as: 'pdf' | 'image'; url: string } | { as: 'words' }

/** How a version can be shown in the page: as it is, or by what was drawn of it. */
export function shownBy({ id, latest }: DocumentRead): Shown | null {
  const type = latest.content_type.split(';', 1)[0] ?? ''
  const content = `${contentOf(id, latest.number)}?inline=true`
  if (type === 'application/pdf') return { url: content, as: 'pdf' }
  if (IMAGES.includes(type)) return { url: content, as: 'image' }
  if (!latest.has_preview) return null
  if (!type.startsWith('image/')) return { as: 'words' }
  // Of a scan with several pages the server makes a PDF, of one page a picture.
  return { url: versionOf(id, latest.number, 'preview'), as: (latest.page_count ?? 1) > 1 ? 'pdf' : 'image' }
}

/** What a browser shows of a document in a tab of its own, to be printed from there; null when it shows nothing. */
export function printedAt(document: DocumentRead): string | null {
  const { id, latest } = document
  return latest.virus_scan !== 'infected' && shownBy(document)
    ? versionOf(id, latest.number, 'preview')
    : null
}
