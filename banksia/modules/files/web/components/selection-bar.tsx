import { useState } from 'react'
import { Button } from '@ag.ds-next/react/button'
import { colour, RADIUS, slimButtons, useMay } from '@banksia/kit'
import type { FileRead, PlacedDocument } from '../api'
import { MoveDialog, SendDialog } from './dialogs'
import { useRefresh } from './refresh'
import { contentOf, counted } from './words'

/** What the server sends, and gives as one zip, at once. */
const MOST_SENT = 50
const MOST_DOWNLOADED = 200

interface SelectionBarProps {
  file: FileRead
  documents: readonly PlacedDocument[]
  onClear: () => void
}

/** What can be done with the ticked documents: at the lower edge, in sight wherever one ticks, and moving no row. */
export function SelectionBar({ file, documents, onClear }: SelectionBarProps) {
  const maySend = useMay('files.documents.send')
  const mayAdd = useMay('files.documents.add')
  const refresh = useRefresh()
  const [asking, setAsking] = useState<'send' | 'move'>()
  const close = () => {
    setAsking(undefined)
  }
  if (documents.length === 0) return null
  const own = documents.filter(({ from_parcel, is_linked }) => !from_parcel && !is_linked)
  return (
    <div
      css={{
        position: 'sticky',
        bottom: 0,
        zIndex: 1,
        display: 'flex',
        flexWrap: 'wrap',
        alignItems: 'center',
        gap: '0.5rem 0.75rem',
        marginTop: '0.5rem',
        padding: '0.5rem 0.75rem',
        borderRadius: RADIUS.control,
        background: colour.selectedMuted,
        ...slimButtons,
      }}
    >
      <strong role="status">{`${counted(documents.length, 'document')} ticked`}</strong>
      {maySend && documents.length <= MOST_SENT ? (
        <Button size="sm" onClick={() => setAsking('send')}>
          Send to owner
        </Button>
      ) : null}
      {mayAdd && own.length === documents.length ? (
        <Button size="sm" variant="secondary" onClick={() => setAsking('move')}>
          Move
        </Button>
      ) : null}
      {partsOf(documents).map(({ label, part }) => (
        <Button
          key={label}
          size="sm"
          variant="secondary"
          onClick={() => {
            downloadAll(part)
            void refresh('readDocumentLog', 'readFileLog')
          }}
        >
          {label}
        </Button>
      ))}
      <Button size="sm" variant="tertiary" onClick={onClear}>
        Untick all
      </Button>
      <Limits count={documents.length} maySend={maySend} />
      {asking === 'send' ? (
        <SendDialog
          propertyId={file.property_id}
          documents={documents}
          onClose={(sent) => {
            close()
            if (sent) onClear()
          }}
        />
      ) : null}
      {asking === 'move' ? (
        <MoveDialog file={file} documents={documents} onClose={close} onMoved={onClear} />
      ) : null}
    </div>
  )
}

/** More are taken than the server gives at once: in parts, each with its own button. */
function partsOf(documents: readonly PlacedDocument[]): { label: string; part: readonly PlacedDocument[] }[] {
  if (documents.length <= MOST_DOWNLOADED) return [{ label: 'Download', part: documents }]
  return Array.from({ length: Math.ceil(documents.length / MOST_DOWNLOADED) }, (_, index) => {
    const part = documents.slice(index * MOST_DOWNLOADED, (index + 1) * MOST_DOWNLOADED)
    const first = index * MOST_DOWNLOADED + 1
    return { label: `Download ${String(first)} to ${String(first + part.length - 1)}`, part }
  })
}

function Limits({ count, maySend }: { count: number; maySend: boolean }) {
  const sentences = [
    maySend && count > MOST_SENT
      ? `At most ${String(MOST_SENT)} documents are sent at once; you chose ${count.toLocaleString('en-AU')}.`
      : '',
    count > MOST_DOWNLOADED
      ? `At most ${String(MOST_DOWNLOADED)} documents are downloaded at once; you chose ${count.toLocaleString('en-AU')}, so they come in parts.`
      : '',
  ].filter(Boolean)
  return sentences.length > 0 ? (
    <p css={{ flexBasis: '100%', fontSize: '0.875rem' }}>{sentences.join(' ')}</p>
  ) : null
}

/** One as it is, several as a zip. */
function downloadAll(documents: readonly PlacedDocument[]): void {
  const [first] = documents
  if (!first) return
  const ids = new URLSearchParams(documents.map(({ id }) => ['document_id', id]))
  const link = document.createElement('a')
  link.href =
    documents.length === 1 ? contentOf(first.id, first.latest.number) : `/api/files/zip?${ids.toString()}`
  link.download = ''
  link.click()
}
