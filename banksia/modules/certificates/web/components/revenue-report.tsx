import { colour, DataTable, EmptyState, formatMoney, LyingBars, Money, Panel, RowCard } from '@banksia/kit'
import type { CertificatesReport } from '../api'
import { countColumn, DownloadTable, number, RowName } from './report-parts'

type Row = CertificatesReport['revenue_total']

const series = [
  { label: 'Taken', fill: colour.foregroundAction },
  { label: 'Given back', fill: colour.systemError },
]

/** What certificates brought in and what went back, as the ledger has it. */
export function RevenueReport({ report }: { report: CertificatesReport }) {
  const { revenue, revenue_total: total } = report
  if (revenue.length === 0) return <EmptyState>Nothing was taken or given back in these days.</EmptyState>
  const money = (key: string, header: string, cents: (row: Row) => number) =>
    ({ key, header, align: 'right', cell: (row: Row) => <Money cents={cents(row)} /> }) as const
  return (
    <>
      <Panel
        title="Taken and given back"
        hint="By the day on which money came in or went back, as the ledger has it."
        action={<DownloadTable report={report} table="revenue" />}
      >
        <LyingBars
          series={series}
          bars={revenue.map((row) => ({
            key: row.title,
            label: row.title,
            values: [row.taken_cents, row.back_cents],
            words: formatMoney(row.net_cents),
          }))}
        />
      </Panel>
      <DataTable
        caption="Revenue by product"
        rows={[...revenue, total]}
        rowKey={(row) => row.title}
        columns={[
          {
            key: 'title',
            header: 'Sold as',
            cell: (row) => <RowName title={row.title} total={row === total} />,
          },
          countColumn<Row>('payments', 'Payments', (row) => row.payments),
          money('taken', 'Taken', (row) => row.taken_cents),
          money('back', 'Given back', (row) => row.back_cents),
          money('net', 'Net', (row) => row.net_cents),
          money('gst', 'GST in it', (row) => row.gst_cents),
          ...(total.waived_cents > 0 ? [money('waived', 'Waived', (row) => row.waived_cents)] : []),
        ]}
        card={(row) => (
          <RowCard
            top={`${number(row.payments)} payments`}
            topEnd={<Money cents={row.net_cents} />}
            title={<RowName title={row.title} total={row === total} />}
            start={`${formatMoney(row.taken_cents)} taken, ${formatMoney(row.back_cents)} given back`}
            end={`GST ${formatMoney(row.gst_cents)}`}
          />
        )}
      />
    </>
  )
}
