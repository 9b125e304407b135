import { TextLink } from '@ag.ds-next/react/text-link'
import { DataTable, Panel, RowCard, RowList, tabularFigures, useIsPhone } from '@banksia/kit'
import type { ImportRunRead } from '../api'
import { type CountRow, countRows, kindInWords, number } from './import-words'

const COLUMNS = [
  { of: 'new', header: 'New' },
  { of: 'changed', header: 'Changed' },
  { of: 'ended', header: 'Ended' },
] as const

const inOneLine = (row: CountRow) =>
  `${number(row.new)} new, ${number(row.changed)} changed, ${number(row.ended)} ended`

/** How many records are new, changed and ended, and how many rows were not taken. */
export function ImportCounts({ run, title }: { run: ImportRunRead; title: string }) {
  const { rows: read = 0, rejected = 0 } = run.counts
  const hint = `${number(read)} rows read, ${rejected === 0 ? 'all of them taken' : `${number(rejected)} not taken`}`
  return (
    <Panel title={title} hint={hint} action={run.has_rejected ? <RejectedLink id={run.id} /> : null} flush>
      <Rows rows={countRows(run.counts)} />
    </Panel>
  )
}

function Rows({ rows }: { rows: readonly CountRow[] }) {
  const phone = useIsPhone()
  // Cards within a panel would be boxes in a box.
  if (phone) {
    const lines = rows.map((row) => ({ key: row.kind, title: kindInWords(row.kind), detail: inOneLine(row) }))
    return <RowList inset rows={lines} />
  }
  return (
    <DataTable
      caption="Records"
      rows={rows}
      rowKey={({ kind }) => kind}
      columns={[
        { key: 'kind', header: 'Records', cell: ({ kind }) => kindInWords(kind) },
        ...COLUMNS.map(({ of, header }) => ({
          key: of,
          header,
          align: 'right' as const,
          width: '8rem',
          cell: (row: CountRow) => <span css={tabularFigures}>{number(row[of])}</span>,
        })),
      ]}
      card={(row) => <RowCard title={kindInWords(row.kind)} detail={inOneLine(row)} />}
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
