import { colour, DataTable, EmptyState, LyingBars, Panel, RowCard } from '@banksia/kit'
import type { CertificatesReport } from '../api'
import { countColumn, DownloadTable, number, RowName } from './report-parts'

type Row = CertificatesReport['total']

const series = [
  { label: 'Half within', fill: colour.foregroundAction },
  { label: 'Nine of ten within', fill: colour.systemInfo },
]
const days = (value: number | null) =>
  value === null ? 'None' : value === 1 ? '1 day' : `${number(value)} days`
const share = ({ in_time, issued }: Row) =>
  issued === 0
    ? 'None'
    : `${((100 * in_time) / issued).toLocaleString('en-AU', { maximumFractionDigits: 1 })}%`

/** How many working days certificates took from payment to issue, and how many kept the promise. */
export function TurnaroundReport({ report }: { report: CertificatesReport }) {
  const { total } = report
  const rows = report.products.filter(({ issued }) => issued > 0)
  if (rows.length === 0) return <EmptyState>No certificate was issued in these days.</EmptyState>
  return (
    <>
      <Panel
        title="Working days from payment to issue"
        hint={`${share(total)} of ${number(total.issued)} were issued by the day promised. That day moves while the clock stands still.`}
        action={<DownloadTable report={report} table="turnaround" />}
      >
        <LyingBars
          series={series}
          bars={rows.map((row) => ({
            key: row.product,
            label: row.title,
            values: [row.median_days ?? 0, row.ninety_percent_days ?? 0],
            words: `${String(row.median_days ?? 0)}, ${days(row.ninety_percent_days)}`,
          }))}
        />
      </Panel>
      <DataTable
        caption="Turnaround by product"
        rows={[...rows, total]}
        rowKey={(row) => row.product || 'total'}
        columns={[
          {
            key: 'title',
            header: 'Certificate',
            cell: (row) => <RowName title={row.title} total={row === total} />,
          },
          countColumn<Row>('issued', 'Issued', (row) => row.issued),
          countColumn<Row>('in_time', 'In time', (row) => row.in_time),
          { key: 'share', header: 'Share in time', align: 'right', cell: share },
          { key: 'median', header: 'Half within', align: 'right', cell: (row) => days(row.median_days) },
          {
            key: 'ninety',
            header: 'Nine of ten within',
            align: 'right',
            cell: (row) => days(row.ninety_percent_days),
          },
        ]}
        card={(row) => (
          <RowCard
            top={`${number(row.issued)} issued`}
            topEnd={`${share(row)} in time`}
            title={<RowName title={row.title} total={row === total} />}
            start={`Half within ${days(row.median_days)}, nine of ten within ${days(row.ninety_percent_days)}`}
          />
        )}
      />
    </>
  )
}
