import { TextLink } from '@ag.ds-next/react/text-link'
import { colour, DataTable, EmptyState, Panel, RowCard, StackedBars } from '@banksia/kit'
import type { CertificatesReport } from '../api'
import { queuePage } from '../staff-routes'
import { countColumn, DownloadTable, number, RowName } from './report-parts'

type Row = CertificatesReport['backlog_total']

const series = [
  { label: 'Late', fill: colour.systemError },
  { label: 'Due today', fill: colour.systemWarning },
  { label: 'In 5 working days', fill: colour.systemInfo },
  { label: 'Later', fill: colour.foregroundAction },
  { label: 'Clock stopped', fill: colour.borderMuted },
]
const barsOf = (rows: readonly Row[]) =>
  rows.map((row) => ({
    key: row.key,
    label: row.title,
    values: [row.late, row.today, row.soon, row.later, row.stopped],
    words: number(row.open),
  }))

/** What is open today, by certificate and by how long it has waited. */
export function BacklogReports({ report }: { report: CertificatesReport }) {
  const { backlog, ages, backlog_total: total } = report
  if (total.open === 0) return <EmptyState>No certificate is open.</EmptyState>
  return (
    <>
      <Panel
        title="By certificate"
        hint={
          <>
            {number(total.open)} open, {number(total.late)} late.{' '}
            <TextLink href={queuePage.href({ search: { view: 'overdue', sort: 'due' } })}>
              See what is late
            </TextLink>
          </>
        }
        action={<DownloadTable report={report} table="backlog" />}
      >
        <StackedBars series={series} bars={barsOf(backlog)} />
      </Panel>
      <BacklogTable caption="Open by product" header="Certificate" rows={backlog} total={total} />
      <Panel title="By time since payment" action={<DownloadTable report={report} table="ages" />}>
        <StackedBars series={series} bars={barsOf(ages)} />
      </Panel>
      <BacklogTable caption="Open by age" header="Since payment" rows={ages} total={total} />
    </>
  )
}

interface BacklogTableProps {
  caption: string
  header: string
  rows: readonly Row[]
  total: Row
}

function BacklogTable({ caption, header, rows, total }: BacklogTableProps) {
  return (
    <DataTable
      caption={caption}
      rows={[...rows, total]}
      rowKey={(row) => row.key || 'total'}
      columns={[
        { key: 'title', header, cell: (row) => <RowName title={row.title} total={row === total} /> },
        countColumn<Row>('late', 'Late', (row) => row.late),
        countColumn<Row>('today', 'Due today', (row) => row.today),
        countColumn<Row>('soon', 'In 5 working days', (row) => row.soon),
        countColumn<Row>('later', 'Later', (row) => row.later),
        countColumn<Row>('stopped', 'Clock stopped', (row) => row.stopped),
        countColumn<Row>('open', 'Open', (row) => row.open),
      ]}
      card={(row) => (
        <RowCard
          top={`${number(row.late)} late, ${number(row.today)} due today`}
          topEnd={`${number(row.open)} open`}
          title={<RowName title={row.title} total={row === total} />}
          start={`${number(row.soon)} in 5 working days, ${number(row.later)} later`}
          end={`${number(row.stopped)} stopped`}
        />
      )}
    />
  )
}
