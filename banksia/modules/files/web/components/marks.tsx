import { useMutation, useQueryClient } from '@tanstack/react-query'
import { StarFilledIcon, StarIcon } from '@ag.ds-next/react/icon'
import { colour, focusRing, formatLongDate, problemOf, RADIUS } from '@banksia/kit'
import { type DocumentRead, pinDocumentMutation, type PlacedDocument } from '../api'
import { patchDocument, refresh } from './refresh'
import { labelWords, parcelTitle, PINNED, typeWord } from './words'

/** Pin a document for everyone, or unpin it. */
export function usePin() {
  const queryClient = useQueryClient()
  return useMutation({
    ...pinDocumentMutation(),
    onSuccess: (changed) => {
      patchDocument(queryClient, changed)
      void refresh(queryClient, 'readFile', 'readDocumentLog', 'readFileLog')
    },
  })
}

export type Pin = ReturnType<typeof usePin>

interface PinButtonProps {
  document: DocumentRead
  onPin: Pin['mutate']
}

/** The star before a title. */
export function PinButton({ document, onPin }: PinButtonProps) {
  const pinned = document.pinned_at !== null
  const Star = pinned ? StarFilledIcon : StarIcon
  return (
    <button
      type="button"
      aria-pressed={pinned}
      title={pinned ? `Pinned by ${document.pinned_by_name ?? 'somebody'}` : 'Pin for everyone'}
      onClick={() => {
        onPin({ path: { document_id: document.id }, body: { pinned: !pinned } })
      }}
      css={{
        display: 'inline-flex',
        padding: '0.5rem',
        border: 0,
        background: 'none',
        color: pinned ? PINNED : colour.foregroundMuted,
        cursor: 'pointer',
        borderRadius: RADIUS.control,
        ...focusRing,
      }}
    >
      <Star size="sm" color="inherit" aria-hidden="false" aria-label={`Pin ${document.title}`} />
    </button>
  )
}

/** Said where a pin could not be set. */
export const pinProblem = (pin: Pin) => (pin.error ? problemOf(pin.error).detail : null)

const TONES: Record<string, string> = { PDF: '#b3261e', MSG: '#7a4100', EML: '#7a4100' }
const IMAGES = new Set(['TIFF', 'JPEG', 'PNG', 'GIF', 'WEBP'])

/** What kind of file it is: `PDF`. */
export function TypeTag({ document }: { document: DocumentRead }) {
  const word = typeWord(document.latest)
  const tone = TONES[word] ?? (IMAGES.has(word) ? colour.systemInfo : colour.foregroundMuted)
  return (
    <span
      css={{
        display: 'inline-block',
        minWidth: '2.125rem',
        boxSizing: 'border-box',
        padding: '0 0.25rem',
        border: `1px solid ${tone}`,
        borderRadius: RADIUS.control,
        color: tone,
        background: colour.backgroundBody,
        fontSize: '0.6875rem',
        fontWeight: 'bold',
        lineHeight: '1.25rem',
        textAlign: 'center',
      }}
    >
      {word}
    </span>
  )
}

/** What stands under a title: the version, and where the document comes from. */
export function underTitle(document: PlacedDocument, folder?: string): string {
  return [
    document.removed_at ? `Removed on ${formatLongDate(document.removed_at)}` : '',
    folder,
    document.latest.number > 1 ? `Version ${String(document.latest.number)}` : '',
    document.from_parcel
      ? `From ${parcelTitle(document.from_parcel)}${document.until_on ? ` until ${formatLongDate(document.until_on)}` : ''}`
      : '',
    document.is_linked && !document.from_parcel ? `Linked from ${labelWords(document.property_label)}` : '',
  ]
    .filter(Boolean)
    .join(' · ')
}
