import { TextLink } from '@ag.ds-next/react/text-link'
import { DataTable, formatDayAndTime, RowCard } from '@banksia/kit'
import { type FixityFailureRead } from '../../api'
import { filePage } from '../../routes'

/** Bytes that are not what was stored, with the document that has them. */
export function FixityFailures({ rows }: { rows: readonly FixityFailureRead[] }) {
  return (
    <DataTable
      caption="Damaged or missing files"
      rows={rows}
      rowKey={({ sha256 }) => sha256}
      columns={[
        { key: 'document', header: 'Document', cell: (row) => <Named row={row} /> },
        { key: 'found', header: 'Found', width: '12rem', cell: (row) => formatDayAndTime(row.verified_at) },
        { key: 'verdict', header: 'What', width: '8rem', cell: ({ verdict }) => verdict },
      ]}
      card={(row) => (
        <RowCard
          top={formatDayAndTime(row.verified_at)}
          title={<Named row={row} />}
          start={row.verdict}
          end={row.sha256.slice(0, 12)}
        />
      )}
    />
  )
}

function Named({ row }: { row: FixityFailureRead }) {
  const name = row.document_title || 'A file of another module'
  return (
    <>
      {row.document_id && row.property_id ? (
        <TextLink
          href={filePage.href({
            params: { propertyId: row.property_id },
            search: { document: row.document_id },
          })}
        >
          {name}
        </TextLink>
      ) : (
        name
      )}
      <span className="detail">{row.sha256}</span>
    </>
  )
}
