import { useRef, useState } from 'react'
import { Button } from '@ag.ds-next/react/button'
import { colour, useMay, visuallyHidden } from '@banksia/kit'
import type { DocumentDetail, FileRead } from '../api'
import { HoldDialog } from './dialogs'
import { LinkForm } from './link-form'
import { MoveDialog } from './move-dialog'
import { Removal } from './removal'
import { addFiles, uploadsOf } from './uploads'
import { smallWords } from './words'

interface DocumentActsProps {
  file: FileRead
  read: DocumentDetail
  versions: number
}

/** What is seldom done with a document. */
export function DocumentActs({ file, read, versions }: DocumentActsProps) {
  const mayAdd = useMay('files.documents.add')
  const [moving, setMoving] = useState(false)
  const [linking, setLinking] = useState(false)
  const [holding, setHolding] = useState(false)
  const mayHold = useMay('files.retention.manage')
  const input = useRef<HTMLInputElement>(null)
  const isHere = read.property_id === file.property_id
  return (
    <div
      css={{
        display: 'grid',
        gap: '0.75rem',
        justifyItems: 'start',
        gridTemplateColumns: 'minmax(0, 1fr)',
        paddingTop: '1rem',
        borderTop: `1px solid ${colour.borderMuted}`,
        ...smallWords,
      }}
    >
      {mayAdd && isHere ? (
        <div css={{ display: 'flex', flexWrap: 'wrap', gap: '0.5rem 1rem' }}>
          <Button size="sm" variant="text" onClick={() => input.current?.click()}>
            Add a new version
          </Button>
          <input
            ref={input}
            type="file"
            tabIndex={-1}
            aria-label={`Version ${String(versions + 1)} of ${read.title}`}
            onChange={(event) => {
              const [chosen] = event.target.files ?? []
              if (chosen) {
                addFiles(uploadsOf(file.property_id), [{ file: chosen, folders: [] }], {
                  folderId: read.folder_id,
                  documentId: read.id,
                })
              }
              event.target.value = ''
            }}
            css={visuallyHidden}
          />
          <Button size="sm" variant="text" onClick={() => setMoving(true)}>
            Move to another folder
          </Button>
        </div>
      ) : null}
      {mayAdd && linking ? (
        <LinkForm
          read={read}
          onDone={() => {
            setLinking(false)
          }}
        />
      ) : null}
      {mayAdd && !linking ? (
        <Button size="sm" variant="text" onClick={() => setLinking(true)}>
          Link to another property
        </Button>
      ) : null}
      {mayHold ? (
        <Button size="sm" variant="text" onClick={() => setHolding(true)}>
          Place a hold
        </Button>
      ) : null}
      {holding ? (
        <HoldDialog
          propertyId={read.property_id}
          about={{ document_id: read.id }}
          title={read.title}
          onClose={() => setHolding(false)}
        />
      ) : null}
      <Removal read={read} />
      {moving ? (
        <MoveDialog
          file={file}
          documents={[read]}
          onClose={() => setMoving(false)}
          onMoved={() => setMoving(false)}
        />
      ) : null}
    </div>
  )
}
