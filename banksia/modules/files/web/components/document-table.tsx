import { useMemo } from 'react'
import { TextLink } from '@ag.ds-next/react/text-link'
import {
  type Column,
  DataTable,
  formatBytes,
  formatDate,
  RowCard,
  type Selection,
  toggled,
} from '@banksia/kit'
import type { FileRead, PlacedDocument } from '../api'
import { filePage } from '../routes'
import { type Pin, PinButton, TypeTag, underTitle } from './marks'
import { pathTitle } from './words'

interface DocumentTableProps {
  file: FileRead
  /** One folder's documents, so that its name is not said in every row. */
  inFolder: boolean
  rows: readonly PlacedDocument[]
  pin: Pin
  selection: Selection<PlacedDocument>
}

/** Documents with their pins; J and K or the arrows walk, Enter opens, P pins, X ticks. */
export function DocumentTable({ file, inFolder, rows, pin, selection }: DocumentTableProps) {
  const { document: open, view, folder, tab, order, as_at } = filePage.useSearch()
  // Where a row leads does not change with the document that is open.
  const search = useMemo(() => ({ view, folder, tab, order, as_at }), [view, folder, tab, order, as_at])
  const onPin = pin.mutate // always the same function, as the mutation around it is not
  // Kept, so that ticking or opening one of a thousand rows draws one.
  const columns = useMemo(() => columnsOf(file, inFolder, search, onPin), [file, inFolder, search, onPin])
  return (
    <DataTable
      caption="Documents"
      rows={rows}
      rowKey={(document) => document.id}
      rowHref={(document) => hrefOf(document, file, search)}
      isOpen={(document) => document.id === open}
      arrows
      selection={selection}
      rowKeys={{
        p: {
          label: 'Pin or unpin',
          run: (document) => {
            onPin({ path: { document_id: document.id }, body: { pinned: document.pinned_at === null } })
          },
        },
        x: {
          label: 'Tick or untick',
          run: ({ id }) => {
            selection.onChange(toggled(selection.selected, id))
          },
        },
      }}
      columns={columns}
      card={(document) => (
        <RowCard
          title={
            <div css={{ display: 'flex', justifyContent: 'space-between', gap: '0.5rem' }}>
              <Title document={document} file={file} inFolder={inFolder} search={search} />
              <PinButton document={document} onPin={onPin} />
            </div>
          }
          start={`${formatDate(document.latest.created_at)}, ${document.latest.added_by_name}`}
          end={formatBytes(document.latest.size)}
        />
      )}
    />
  )
}

type FileSearch = Pick<ReturnType<typeof filePage.useSearch>, 'view' | 'folder' | 'tab' | 'order' | 'as_at'>

const hrefOf = (document: PlacedDocument, file: FileRead, search: FileSearch) =>
  filePage.href({ params: { propertyId: file.property_id }, search: { ...search, document: document.id } })

function columnsOf(
  file: FileRead,
  inFolder: boolean,
  search: FileSearch,
  onPin: Pin['mutate'],
): Column<PlacedDocument>[] {
  return [
    {
      key: 'pin',
      header: 'Pin',
      width: '2.5rem',
      cell: (document) => <PinButton document={document} onPin={onPin} />,
    },
    {
      key: 'title',
      header: 'Title',
      cell: (document) => <Title document={document} file={file} inFolder={inFolder} search={search} />,
    },
    {
      key: 'added',
      header: 'Added',
      width: '8rem',
      cell: (document) => (
        <>
          {formatDate(document.latest.created_at)}
          <span className="detail">{document.latest.added_by_name}</span>
        </>
      ),
    },
    {
      key: 'size',
      header: 'Size',
      align: 'right',
      width: '5.5rem',
      cell: (document) => formatBytes(document.latest.size),
    },
  ]
}

interface TitleProps extends Pick<DocumentTableProps, 'file' | 'inFolder'> {
  document: PlacedDocument
  search: FileSearch
}

function Title({ document, file, inFolder, search }: TitleProps) {
  const folder = file.folders.find(({ id }) => id === document.shown_in)
  const path = inFolder || !folder ? undefined : pathTitle(folder, file.folders)
  return (
    <div
      css={{
        display: 'grid',
        gridTemplateColumns: 'auto minmax(0, 1fr)',
        gap: '0.625rem',
        alignItems: 'center',
      }}
    >
      <TypeTag document={document} />
      <div css={{ overflowWrap: 'anywhere' }}>
        <TextLink href={hrefOf(document, file, search)}>{document.title}</TextLink>
        <span className="detail">{underTitle(document, path)}</span>
      </div>
    </div>
  )
}
