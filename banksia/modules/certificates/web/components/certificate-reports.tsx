import {
  colour,
  DataTable,
  EmptyState,
  formatDate,
  LyingBars,
  Panel,
  RowCard,
  StandingBars,
} from '@banksia/kit'
import type { CertificatesReport } from '../api'
import { countColumn, DownloadTable, number, RowName } from './report-parts'

type Counts = Pick<CertificatesReport['total'], 'ordered' | 'issued' | 'cannot_issue' | 'cancelled'>

const series = [
  { label: 'Ordered', fill: colour.systemInfo },
  { label: 'Issued', fill: colour.foregroundAction },
]
const STEPS = { day: 'By day', week: 'By week', month: 'By month' }
const LEFT_OUT = { day: 'Days on which', week: 'Weeks in which', month: 'Months in which' }
const FROM = { day: 'Day', week: 'Week from', month: 'Month' }

/** `25 Nov 2026`, or of a month `Nov 2026`. */
const stepWords = (began_on: string, step: CertificatesReport['step']) =>
  step === 'month' ? formatDate(began_on).replace(/^\d+ /, '') : formatDate(began_on)

const counted = <Row extends Counts>() => [
  countColumn<Row>('ordered', 'Ordered', (row) => row.ordered),
  countColumn<Row>('issued', 'Issued', (row) => row.issued),
  countColumn<Row>('refused', 'Cannot issue', (row) => row.cannot_issue),
  countColumn<Row>('cancelled', 'Cancelled', (row) => row.cancelled),
]
const cardWords = (row: Counts) =>
  `${number(row.cannot_issue)} cannot issue, ${number(row.cancelled)} cancelled`

/** What was ordered and what became of it, by certificate and by time. */
export function CertificateReports({ report }: { report: CertificatesReport }) {
  const { products, total, times, step } = report
  if (products.length === 0)
    return <EmptyState>Nothing was ordered, issued or cancelled in these days.</EmptyState>
  // A month has thirty days, and little happens on most: the chart shows them all, the table those that say something.
  const busy = times.filter((row) => row.ordered + row.issued + row.cannot_issue + row.cancelled > 0)
  const bars = (rows: readonly (Counts & { key: string; label: string })[]) =>
    rows.map((row) => ({
      key: row.key,
      label: row.label,
      values: [row.ordered, row.issued],
      words: `${number(row.ordered)}, ${number(row.issued)}`,
    }))
  return (
    <>
      <Panel
        title="By certificate"
        hint={`${number(report.orders)} orders with ${number(total.ordered)} certificates.`}
        action={<DownloadTable report={report} table="certificates" />}
      >
        <LyingBars
          series={series}
          bars={bars(products.map((row) => ({ ...row, key: row.product, label: row.title })))}
        />
      </Panel>
      <DataTable
        caption="Certificates by product"
        rows={[...products, total]}
        rowKey={(row) => row.product || 'total'}
        columns={[
          {
            key: 'title',
            header: 'Certificate',
            cell: (row) => <RowName title={row.title} total={row === total} />,
          },
          ...counted<(typeof products)[number]>(),
        ]}
        card={(row) => (
          <RowCard
            top={`${number(row.ordered)} ordered`}
            topEnd={`${number(row.issued)} issued`}
            title={<RowName title={row.title} total={row === total} />}
            start={cardWords(row)}
          />
        )}
      />
      <Panel
        title={STEPS[step]}
        hint={
          busy.length < times.length ? `${LEFT_OUT[step]} nothing happened are not in the table.` : undefined
        }
        action={<DownloadTable report={report} table="time" />}
      >
        <StandingBars
          series={series}
          upTo={(largest) => `Up to ${number(largest)} certificates`}
          bars={bars(
            times.map((row) => ({ ...row, key: row.began_on, label: stepWords(row.began_on, step) })),
          )}
        />
      </Panel>
      <DataTable
        caption={`Certificates ${STEPS[step].toLowerCase()}`}
        rows={busy}
        rowKey={(row) => row.began_on}
        columns={[
          { key: 'began', header: FROM[step], cell: (row) => stepWords(row.began_on, step) },
          ...counted<(typeof times)[number]>(),
        ]}
        card={(row) => (
          <RowCard
            top={`${number(row.ordered)} ordered`}
            topEnd={`${number(row.issued)} issued`}
            title={stepWords(row.began_on, step)}
            start={cardWords(row)}
          />
        )}
      />
    </>
  )
}
