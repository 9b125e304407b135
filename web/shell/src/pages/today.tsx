import { useQueries } from '@tanstack/react-query'
import {
  EmptyState,
  formatDay,
  Late,
  Notice,
  SkeletonRows,
  StaffPage,
  useModules,
  useUser,
} from '@banksia/kit'
import { DashboardPanel } from '../dashboard/dashboard-panel'
import { dashboardQuery } from '../dashboard/dashboard-query'

/** Where a day at the council begins: what waits for this person, as each module counts it. */
export default function TodayPage() {
  const user = useUser()
  const dashboards = useQueries({ queries: useModules().map(({ name }) => dashboardQuery(name)) })
  const widgets = dashboards.flatMap(({ data }) => data?.widgets ?? [])
  const silent = dashboards.flatMap(({ data }) => data?.failed ?? [])
  const loading = dashboards.some(({ isPending }) => isPending)
  const failed = dashboards.some(({ isError }) => isError)
  return (
    <StaffPage title="Today" facts={`${formatDay(new Date())}. ${user?.name ?? ''}`}>
      <div css={{ display: 'grid', gap: '1.25rem', maxWidth: '60rem' }}>
        {widgets.map((widget) => (
          <DashboardPanel key={`${widget.module} ${widget.name}`} widget={widget} />
        ))}
        {loading && widgets.length === 0 ? <SkeletonRows rows={3} height="6rem" /> : null}
        {silent.length > 0 ? (
          <Notice tone="warning" title={`${listed(silent)} could not be loaded`}>
            <p>The module did not answer. It is asked again every minute; the rest works.</p>
          </Notice>
        ) : null}
        {!loading && widgets.length === 0 && !failed && silent.length === 0 ? (
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

const listed = (titles: readonly string[]) =>
  new Intl.ListFormat('en-AU', { type: 'conjunction' }).format([...new Set(titles)])
