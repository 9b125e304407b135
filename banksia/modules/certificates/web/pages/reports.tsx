import { useQuery } from '@tanstack/react-query'
import { formatDate, Loaded, PeriodFilter, periodOf, periodWords, StaffPage, Views } from '@banksia/kit'
import { readReportOptions } from '../api'
import { BacklogReports } from '../components/backlog-reports'
import { CertificateReports } from '../components/certificate-reports'
import { RevenueReport } from '../components/revenue-report'
import { StraightThroughReport } from '../components/straight-through-report'
import { TurnaroundReport } from '../components/turnaround-report'
import { reportsPage } from '../staff-routes'

const VIEWS = [
  { show: 'certificates', label: 'Orders and certificates' },
  { show: 'turnaround', label: 'Turnaround' },
  { show: 'straight_through', label: 'Without an officer' },
  { show: 'revenue', label: 'Revenue' },
  { show: 'backlog', label: 'Open today' },
] as const

/** How many, how soon, for how much, and what waits. */
export default function ReportsPage() {
  const search = reportsPage.useSearch()
  const setSearch = reportsPage.useSetSearch()
  const { show } = search
  const period = periodOf(search)
  const report = useQuery({
    ...readReportOptions({ query: period }),
    placeholderData: (before) => before,
  })
  const today = show === 'backlog'
  return (
    <StaffPage
      title="Certificate reports"
      facts={
        today
          ? `What is open${report.data ? ` on ${formatDate(report.data.today)}` : ''}.`
          : `${periodWords(period)}.`
      }
      views={
        <Views
          label="Reports"
          views={VIEWS.map((view) => ({
            label: view.label,
            href: reportsPage.href({ search: { ...search, show: view.show } }),
          }))}
          active={reportsPage.href({ search })}
        />
      }
    >
      {today ? null : (
        <PeriodFilter
          period={period}
          onChange={(days) => {
            setSearch(days)
          }}
        />
      )}
      <Loaded query={report} failed="The report could not be made">
        {(read) => (
          <>
            {show === 'certificates' ? <CertificateReports report={read} /> : null}
            {show === 'turnaround' ? <TurnaroundReport report={read} /> : null}
            {show === 'straight_through' ? <StraightThroughReport report={read} /> : null}
            {show === 'revenue' ? <RevenueReport report={read} /> : null}
            {show === 'backlog' ? <BacklogReports report={read} /> : null}
          </>
        )}
      </Loaded>
    </StaffPage>
  )
}
