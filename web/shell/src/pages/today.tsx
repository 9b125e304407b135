import { useQueries } from '@tanstack/react-query'
import { EmptyState, formatDay, Late, SkeletonRows, StaffPage, useModules, useUser } from '@banksia/kit'
import { DashboardPanel } from '../dashboard/dashboard-panel'
import { dashboardQuery } from '../dashboard/dashboard-query'

/** Where a day at the council begins: what waits for this person, as each module counts it. */
export default function TodayPage() {
  const user = useUser()
  const dashboards = useQueries({ queries: useModules().map(({ name }) => dashboardQuery(name)) })
  const widgets = dashboards.flatMap(({ data }) => data ?? [])
  const loading = dashboards.some(({ isPending }) => isPending)
  const failed = dashboards.some(({ isError }) => isError)
  return (
    <StaffPage title="Today" facts={`${formatDay(new Date())}. ${user?.name ?? ''}`}>
      <div css={{ display: 'grid', gap: '1.25rem', maxWidth: '60rem' }}>
        {widgets.map((widget) => (
          <DashboardPanel key={`${widget.module} ${widget.name}`} widget={widget} />
        ))}
        {loading && widgets.length === 0 ? <SkeletonRows rows={3} height="6rem" /> : null}
        {!loading && widgets.length === 0 && !failed ? (
          <EmptyState>Nothing waits for you here. Open what you need from the menu.</EmptyState>
        ) : null}
        {failed ? (
          <Late>
            <p>Some counts could not be loaded. They are asked for again every minute.</p>
          </Late>
        ) : null}
      </div>
    </StaffPage>
  )
}
