import { AlertFilledIcon, SuccessFilledIcon } from '@ag.ds-next/react/icon'
import { DataTable, EmptyState, formatAddress, formatParcelShort, RowCard } from '@banksia/kit'
import type { ImportPreview, PreviewRow } from '../api'
import { inWords } from './import-words'

/** Each of the first rows as the file has it, what would be taken from it, or why it would not be taken. */
export function PreviewTable({ preview }: { preview: ImportPreview }) {
  if (preview.rows.length === 0)
    return (
      <EmptyState>The file has no rows below its headings. Export it again and send the new one.</EmptyState>
    )
  return (
    <DataTable
      caption="The first rows"
      rows={preview.rows}
      rowKey={({ line }) => String(line)}
      edge={({ rejected }) => (rejected ? 'late' : undefined)}
      columns={[
        { key: 'line', header: 'Line', align: 'right', width: '4rem', cell: ({ line }) => line },
        { key: 'read', header: 'Read as', width: '45%', cell: (row) => <Verdict row={row} /> },
        {
          key: 'raw',
          header: 'As the file has it',
          cell: ({ raw }) => (
            <span className="detail" css={{ overflowWrap: 'anywhere' }}>
              {inFile(raw)}
            </span>
          ),
        },
      ]}
      card={(row) => (
        <RowCard
          top={`Line ${String(row.line)}`}
          title={<Verdict row={row} />}
          detail={<span className="detail">{inFile(row.raw)}</span>}
        />
      )}
    />
  )
}

const inFile = (raw: readonly string[]) => raw.filter((cell) => cell.trim()).join(' | ')

function Verdict({ row }: { row: PreviewRow }) {
  if (row.rejected) {
    return (
      <span css={{ display: 'flex', gap: '0.375rem' }}>
        <AlertFilledIcon size="sm" color="error" aria-hidden="false" aria-label="Not taken:" />
        <span>{row.rejected}</span>
      </span>
    )
  }
  const land = row.parcels.map(formatParcelShort).join(', ')
  const values = Object.entries(row.values).map(([field, value]) => `${inWords(field)}: ${value}`)
  if (!row.address && !land && values.length === 0) return <span className="detail">Nothing is read yet</span>
  return (
    <span css={{ display: 'flex', gap: '0.375rem' }}>
      <SuccessFilledIcon size="sm" color="success" aria-hidden="false" aria-label="Taken:" />
      <span>
        {row.address ? formatAddress(row.address) : land || values[0]}
        <span className="detail">{[row.address ? land : '', ...values].filter(Boolean).join(', ')}</span>
      </span>
    </span>
  )
}
