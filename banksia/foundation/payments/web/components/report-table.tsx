import { type Bar, colour, DataTable, formatDate, formatMoney, Money, RowCard } from '@banksia/kit'
import type { ReportRead } from '../api'

type Row = ReportRead['rows'][number]

export const groupings = [
  { by: 'gl_code', label: 'General-ledger code', header: 'Code' },
  { by: 'gst_treatment', label: 'GST', header: 'GST' },
  { by: 'method', label: 'Way to pay', header: 'Way to pay' },
  { by: 'product', label: 'Product', header: 'Product' },
  { by: 'day', label: 'Day', header: 'Day' },
  { by: 'week', label: 'Week', header: 'Week from' },
  { by: 'month', label: 'Month', header: 'Month' },
] as const

export type Grouping = (typeof groupings)[number]['by']
export const isTime = (by: Grouping) => by === 'day' || by === 'week' || by === 'month'

const MONTH = /^(\d{4})-(\d\d)$/

/** `25 Nov 2026`, `Nov 2026`, or the words of the server. */
export function rowWords(row: Row): string {
  const month = MONTH.exec(row.key)
  if (month) return formatDate(`${row.key}-01`).slice(2)
  return /^\d{4}-\d\d-\d\d$/.test(row.key) ? formatDate(row.key) : row.label
}

export function barsOf(rows: readonly Row[]): Bar[] {
  return rows.map((row) => ({
    key: row.key || row.label,
    label: rowWords(row),
    values: [row.taken_cents, row.back_cents],
    words: formatMoney(row.taken_cents - row.back_cents),
  }))
}

export const takenAndBack = [
  { label: 'Taken', fill: colour.foregroundAction },
  { label: 'Given back', fill: colour.systemError },
]

/** The figures of a report; the last row is their total. */
export function ReportTable({ report }: { report: ReportRead }) {
  const header = groupings.find(({ by }) => by === report.by)?.header ?? ''
  const waived = report.total.waived_cents > 0
  return (
    <DataTable
      caption={`Takings by ${header.toLowerCase()}`}
      rows={[...report.rows, report.total]}
      rowKey={(row) => `${row.key} ${row.label}`}
      columns={[
        {
          key: 'name',
          header,
          cell: (row) => <Name row={row} total={row === report.total} by={report.by} />,
        },
        {
          key: 'payments',
          header: 'Payments',
          align: 'right',
          cell: (row) => row.payments.toLocaleString('en-AU'),
        },
        { key: 'taken', header: 'Taken', align: 'right', cell: (row) => <Money cents={row.taken_cents} /> },
        {
          key: 'back',
          header: 'Given back',
          align: 'right',
          cell: (row) => <Money cents={row.back_cents} />,
        },
        { key: 'net', header: 'Net', align: 'right', cell: (row) => <Money cents={row.net_cents} /> },
        { key: 'gst', header: 'GST in it', align: 'right', cell: (row) => <Money cents={row.gst_cents} /> },
        ...(waived
          ? [
              {
                key: 'waived',
                header: 'Waived',
                align: 'right' as const,
                cell: (row: Row) => <Money cents={row.waived_cents} />,
              },
            ]
          : []),
      ]}
      card={(row) => (
        <RowCard
          top={`${row.payments.toLocaleString('en-AU')} payments`}
          topEnd={<Money cents={row.net_cents} />}
          title={<Name row={row} total={row === report.total} by={report.by} />}
          start={`${formatMoney(row.taken_cents)} taken, ${formatMoney(row.back_cents)} given back`}
          end={`GST ${formatMoney(row.gst_cents)}`}
        />
      )}
    />
  )
}

function Name({ row, total, by }: { row: Row; total: boolean; by: Grouping }) {
  if (total) return <strong>{row.label}</strong>
  return (
    <>
      {rowWords(row)}
      {by === 'gl_code' && row.key !== row.label ? <span className="detail">{row.key}</span> : null}
    </>
  )
}
