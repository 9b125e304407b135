import { useQuery } from '@tanstack/react-query'
import { TextLink } from '@ag.ds-next/react/text-link'
import {
  EmptyState,
  fileHref,
  formatMoney,
  Loaded,
  LyingBars,
  Panel,
  PeriodFilter,
  periodOf,
  periodWords,
  StaffPage,
  StandingBars,
  Views,
} from '@banksia/kit'
import { readTakingsOptions } from '../api'
import { LedgerAgreement } from '../components/ledger-agreement'
import { barsOf, groupings, isTime, ReportTable, takenAndBack } from '../components/report-table'
import { reportsPage } from '../finance-routes'

/** What was taken and given back in some days, by one thing at a time. */
export default function ReportsPage() {
  const search = reportsPage.useSearch()
  const setSearch = reportsPage.useSetSearch()
  const { by } = search
  const period = periodOf(search)
  const report = useQuery(readTakingsOptions({ query: { ...period, by } }))
  return (
    <StaffPage
      title="Reports"
      facts={`Takings and refunds, ${periodWords(period)}.`}
      views={
        <Views
          label="Grouped by"
          views={groupings.map((each) => ({
            label: each.label,
            href: reportsPage.href({ search: { ...period, by: each.by } }),
          }))}
          active={reportsPage.href({ search: { ...period, by } })}
        />
      }
    >
      <PeriodFilter
        period={period}
        onChange={(days) => {
          setSearch(days)
        }}
      />
      <Loaded query={report} failed="The report could not be made">
        {(read) => (
          <>
            <Panel
              title="Taken and given back"
              action={
                <TextLink href={fileHref('/api/payments/reports/takings.csv', { ...period, by })}>
                  Download as CSV
                </TextLink>
              }
            >
              {read.rows.length === 0 ? (
                <EmptyState>Nothing was taken or given back in these days.</EmptyState>
              ) : isTime(by) ? (
                <StandingBars
                  bars={barsOf(read.rows)}
                  series={takenAndBack}
                  upTo={(cents) => `Up to ${formatMoney(cents)}`}
                />
              ) : (
                <LyingBars bars={barsOf(read.rows)} series={takenAndBack} />
              )}
            </Panel>
            {read.rows.length > 0 ? <ReportTable report={read} /> : null}
            <LedgerAgreement report={read} />
          </>
        )}
      </Loaded>
      <Panel title="Journal for the finance system">
        <p css={{ marginBottom: '0.5rem' }}>
          One row for each movement of the ledger and general-ledger code, with the GST apart, for the days
          above.
        </p>
        <TextLink href={fileHref('/api/payments/reports/journal.csv', { ...period })}>
          Download the journal
        </TextLink>
      </Panel>
    </StaffPage>
  )
}
