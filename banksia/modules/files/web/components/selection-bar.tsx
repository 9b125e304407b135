import { useState } from 'react'
import { Button } from '@ag.ds-next/react/button'
import { colour, RADIUS, slimButtons, useMay } from '@banksia/kit'
import type { FileRead, PlacedDocument } from '../api'
import { MoveDialog, SendDialog } from './dialogs'
import { useRefresh } from './refresh'
import { contentOf, counted } from './words'

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
      {maySend && documents.length <= 50 ? (
        <Button size="sm" onClick={() => setAsking('send')}>
          Send to owner
        </Button>
      ) : null}
      {mayAdd && own.length === documents.length ? (
        <Button size="sm" variant="secondary" onClick={() => setAsking('move')}>
          Move
        </Button>
      ) : null}
      <Button
        size="sm"
        variant="secondary"
        onClick={() => {
          downloadAll(documents)
          void refresh('readDocumentLog', 'readFileLog')
        }}
      >
        Download
      </Button>
      <Button size="sm" variant="text" onClick={onClear}>
        Untick all
      </Button>
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
