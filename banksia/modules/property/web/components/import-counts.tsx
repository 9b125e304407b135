import { TextLink } from '@ag.ds-next/react/text-link'
import { DataTable, EmptyState, Panel, RowCard, RowList, tabularFigures, useIsPhone } from '@banksia/kit'
import type { ImportRunRead } from '../api'
import { type CountRow, countRows, kindInWords, number, rowsInWords, sumsInWords } from './import-words'

const COLUMNS = [
  { of: 'new', header: 'New' },
  { of: 'changed', header: 'Changed' },
  { of: 'ended', header: 'Ended' },
  { of: 'reopened', header: 'Back again' },
] as const

/** How many records are new, changed and ended, and how many rows were not taken. */
export function ImportCounts({ run, title }: { run: ImportRunRead; title: string }) {
  const { rows: read = 0, rejected = 0 } = run.counts
  const taken = rejected === 0 ? 'all of them taken' : `${number(rejected)} not taken`
  return (
    <Panel
      title={title}
      hint={`${rowsInWords(read)} read, ${taken}`}
      action={run.has_rejected ? <RejectedLink id={run.id} /> : null}
      flush
    >
      <Rows rows={countRows(run.counts)} />
    </Panel>
  )
}

function Rows({ rows }: { rows: readonly CountRow[] }) {
  const phone = useIsPhone()
  const columns = COLUMNS.filter(({ of }) => of !== 'reopened' || rows.some((row) => row.reopened > 0))
  if (rows.length === 0) return <EmptyState>No record is new, changed or ended.</EmptyState>
  // Cards within a panel would be boxes in a box.
  if (phone) {
    const lines = rows.map((row) => ({
      key: row.kind,
      title: kindInWords(row.kind),
      detail: sumsInWords(row),
    }))
    return <RowList inset rows={lines} />
  }
  return (
    <DataTable
      caption="Records"
      rows={rows}
      rowKey={({ kind }) => kind}
      columns={[
        { key: 'kind', header: 'Records', cell: ({ kind }) => kindInWords(kind) },
        ...columns.map(({ of, header }) => ({
          key: of,
          header,
          align: 'right' as const,
          width: '8rem',
          cell: (row: CountRow) => <span css={tabularFigures}>{number(row[of])}</span>,
        })),
      ]}
      card={(row) => <RowCard title={kindInWords(row.kind)} detail={sumsInWords(row)} />}
    />
  )
}

/** A download is the browser's to ask for, not the router's of the pages. */
function RejectedLink({ id }: { id: string }) {
  return (
    <TextLink href={`/api/property/imports/${id}/rejected`} download>
      Rejected rows as CSV
    </TextLink>
  )
}
