import { useState } from 'react'
import { useInfiniteQuery } from '@tanstack/react-query'
import { Button } from '@ag.ds-next/react/button'
import { TextLink } from '@ag.ds-next/react/text-link'
import {
  byCursor,
  DataTable,
  formatAddress,
  formatBytes,
  formatDate,
  PagedList,
  RowCard,
  slimButtons,
  Tag,
} from '@banksia/kit'
import {
  keepDocument,
  listDisposalDocumentsInfiniteOptions,
  type DisposalDocumentRead,
  type DisposalRead,
} from '../../api'
import { filePage } from '../../routes'
import { ActDialog, Consequences } from './act-dialog'

/** How often the page asks while documents are being destroyed. */
const EVERY_MS = 5_000

/** The documents of a list; while it is proposed each can be kept, with a reason. */
export function DisposalDocuments({ disposal }: { disposal: DisposalRead }) {
  const documents = useInfiniteQuery({
    ...listDisposalDocumentsInfiniteOptions({ path: { disposal_id: disposal.id } }),
    ...byCursor,
    // Each that is destroyed shows, and all when the list is done.
    refetchInterval: disposal.state === 'approved' ? EVERY_MS : false,
    staleTime: 0,
  })
  const [keeping, setKeeping] = useState<DisposalDocumentRead>()
  const end = (row: DisposalDocumentRead) => <End row={row} state={disposal.state} onKeep={setKeeping} />
  return (
    <>
      <PagedList
        query={documents}
        failed="The documents could not be loaded"
        empty="This list has no documents."
        shown={['document', 'documents']}
      >
        {(rows) => (
          <DataTable
            caption="Documents of the list"
            rows={rows}
            rowKey={({ document_id }) => document_id}
            columns={[
              { key: 'title', header: 'Document', cell: (row) => <Title row={row} /> },
              { key: 'due', header: 'Due', width: '10rem', cell: (row) => <DueSince row={row} /> },
              {
                key: 'size',
                header: 'Size',
                width: '6rem',
                align: 'right',
                wideOnly: true,
                cell: ({ size }) => formatBytes(size),
              },
              { key: 'end', header: 'What becomes of it', width: '12rem', cell: end },
            ]}
            card={(row) => (
              <RowCard
                title={<Title row={row} />}
                detail={<DueSince row={row} />}
                start={formatBytes(row.size)}
                end={end(row)}
              />
            )}
          />
        )}
      </PagedList>
      {keeping ? (
        <KeepDialog
          disposal={disposal}
          row={keeping}
          onClose={() => {
            setKeeping(undefined)
          }}
        />
      ) : null}
    </>
  )
}

function Title({ row }: { row: DisposalDocumentRead }) {
  return (
    <>
      <TextLink
        href={filePage.href({
          params: { propertyId: row.property_id },
          search: { document: row.document_id },
        })}
      >
        {row.title}
      </TextLink>
      <span className="detail">{formatAddress(row.property_label)}</span>
    </>
  )
}

function DueSince({ row }: { row: DisposalDocumentRead }) {
  return (
    <>
      {`Since ${formatDate(row.due_on)}`}
      <span className="detail">{row.class_code}</span>
    </>
  )
}

interface EndProps {
  row: DisposalDocumentRead
  /** How far the list is. */
  state: DisposalRead['state']
  onKeep: (row: DisposalDocumentRead) => void
}

function End({ row, state, onKeep }: EndProps) {
  if (row.is_kept)
    return (
      <>
        <Tag>Kept</Tag>
        <span className="detail">{row.kept_because}</span>
      </>
    )
  if (row.state === 'purged') return 'Destroyed'
  if (state !== 'proposed') return state === 'approved' ? 'To be destroyed' : 'Stays'
  return (
    <span css={slimButtons}>
      <Button
        size="sm"
        variant="tertiary"
        aria-label={`Keep ${row.title}`}
        onClick={() => {
          onKeep(row)
        }}
      >
        Keep
      </Button>
    </span>
  )
}

interface KeepDialogProps {
  disposal: DisposalRead
  row: DisposalDocumentRead
  onClose: () => void
}

function KeepDialog({ disposal, row, onClose }: KeepDialogProps) {
  return (
    <ActDialog
      title={`Keep “${row.title}”`}
      label="Why it stays"
      needed="Enter why it stays. It stands on the list and in the log."
      button="Keep document"
      onClose={onClose}
      send={(reason) =>
        keepDocument({
          path: { disposal_id: disposal.id, document_id: row.document_id },
          body: { reason },
          throwOnError: true,
        })
      }
    >
      <Consequences
        lines={[
          'It is not destroyed with this list.',
          'It can come onto a later list. To keep it for longer, place a hold on its file.',
        ]}
      />
    </ActDialog>
  )
}
