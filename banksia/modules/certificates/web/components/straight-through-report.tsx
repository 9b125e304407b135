import { colour, DataTable, EmptyState, LyingBars, Panel, RowCard, StackedBars } from '@banksia/kit'
import type { CertificatesReport } from '../api'
import { countColumn, DownloadTable, number, RowName } from './report-parts'

type Report = CertificatesReport['straight_through']
type Row = Report['total']

const series = [
  { label: 'Without an officer', fill: colour.foregroundAction },
  { label: 'By officers', fill: colour.systemInfo },
]
const HOUR = 60
const DAY = 24 * HOUR

const shareOf = ({ issued, without_officer }: Row) =>
  issued === 0
    ? 'None'
    : `${((100 * without_officer) / issued).toLocaleString('en-AU', { maximumFractionDigits: 1 })}%`

/** `1 minute`, `3 hours`, `2 days`: what a customer waited, nights and weekends included. */
function waited(minutes: number | null): string {
  if (minutes === null) return 'None'
  if (minutes < 1) return 'Under a minute'
  const [value, unit] =
    minutes < 2 * HOUR
      ? [minutes, 'minute']
      : minutes < 2 * DAY
        ? [minutes / HOUR, 'hour']
        : [minutes / DAY, 'day']
  const whole = Math.round(value)
  return `${number(whole)} ${unit}${whole === 1 ? '' : 's'}`
}

const hours = (value: number) =>
  `${value.toLocaleString('en-AU', { maximumFractionDigits: 1 })} ${value === 1 ? 'hour' : 'hours'}`

/** How many certificates went out by themselves, how soon, what that saved, and why officers issued the others. */
export function StraightThroughReport({ report }: { report: CertificatesReport }) {
  const { products, total, reasons } = report.straight_through
  if (total.issued === 0) return <EmptyState>No certificate was issued in these days.</EmptyState>
  return (
    <>
      <Panel
        title="Issued without an officer"
        hint={`${number(total.without_officer)} of ${number(total.issued)} certificates, ${shareOf(total)}.`}
        action={<DownloadTable report={report} table="straight_through" />}
      >
        <StackedBars
          series={series}
          bars={products.map((row) => ({
            key: row.product,
            label: row.title,
            values: [row.without_officer, row.issued - row.without_officer],
            words: shareOf(row),
          }))}
        />
      </Panel>
      <EitherWayTable rows={[...products, total]} total={total} />
      <Saved total={total} />
      <Reasons report={report} reasons={reasons} />
    </>
  )
}

function EitherWayTable({ rows, total }: { rows: readonly Row[]; total: Row }) {
  return (
    <DataTable
      caption="Without an officer by product"
      rows={rows}
      rowKey={(row) => row.product || 'total'}
      columns={[
        {
          key: 'title',
          header: 'Certificate',
          cell: (row) => <RowName title={row.title} total={row === total} />,
        },
        countColumn<Row>('issued', 'Issued', (row) => row.issued),
        countColumn<Row>('alone', 'Without an officer', (row) => row.without_officer),
        { key: 'share', header: 'Share', align: 'right', cell: shareOf },
        {
          key: 'soon',
          header: 'Half of these within',
          align: 'right',
          cell: (row) => waited(row.median_minutes),
        },
        {
          key: 'officers',
          header: 'Half of officers’ within',
          align: 'right',
          cell: (row) => waited(row.officer_median_minutes),
        },
        {
          key: 'saved',
          header: 'Working time saved',
          align: 'right',
          cell: (row) => (row.without_officer === 0 ? 'None' : hours(row.saved_hours)),
        },
      ]}
      card={(row) => (
        <RowCard
          top={`${number(row.without_officer)} of ${number(row.issued)} without an officer`}
          topEnd={shareOf(row)}
          title={<RowName title={row.title} total={row === total} />}
          detail={`Half within: ${waited(row.median_minutes).toLowerCase()}. By officers: ${waited(row.officer_median_minutes).toLowerCase()}.`}
          start="Working time saved"
          end={row.without_officer === 0 ? 'None' : hours(row.saved_hours)}
        />
      )}
    />
  )
}

function Saved({ total }: { total: Row }) {
  if (total.without_officer === 0) return null
  return (
    <Panel title="Working time saved" hint={`${hours(total.saved_hours)} in all.`}>
      <p css={{ maxWidth: '42em' }}>
        Customers waited so much less, counted from 9 am to 5 pm on working days. For each certificate that
        went out by itself this is the time in which officers issued half of theirs of the same kind in these
        days, less the time that it took itself. Where officers issued none, each day promised counts as 8
        hours.
      </p>
    </Panel>
  )
}

function Reasons({ report, reasons }: { report: CertificatesReport; reasons: Report['reasons'] }) {
  if (reasons.length === 0)
    return (
      <Panel title="Why officers issued the others">
        <p>Officers issued none in these days.</p>
      </Panel>
    )
  return (
    <>
      <Panel
        title="Why officers issued the others"
        hint="By the first reason that spoke against it."
        action={<DownloadTable report={report} table="reasons" />}
      >
        <LyingBars
          series={[{ label: 'Issued by officers', fill: colour.systemInfo }]}
          bars={reasons.map(({ code, title, count }) => ({
            key: code,
            label: title,
            values: [count],
            words: number(count),
          }))}
        />
      </Panel>
      <DataTable
        caption="Reasons for an officer"
        rows={reasons}
        rowKey={({ code }) => code}
        columns={[
          { key: 'title', header: 'Reason', cell: ({ title }) => title },
          countColumn<Report['reasons'][number]>('count', 'Certificates', ({ count }) => count),
        ]}
        card={({ title, count }) => <RowCard title={title} start="Certificates" end={number(count)} />}
      />
    </>
  )
}
