import { TextLink } from '@ag.ds-next/react/text-link'
import { Count, EmptyState, formatDay, Panel, RowList, StaffPage, useUser } from '@banksia/kit'
import { useNavCounts, useStaffNav } from '../staff-nav'

/** Where a day at the council begins: what waits for this person. */
export default function TodayPage() {
  const user = useUser()
  const items = useStaffNav().filter(({ to }) => to !== '/staff' && to !== '/settings')
  const counts = useNavCounts(items)
  const rows = items.map((item, index) => ({ item, count: counts[index]?.data }))
  const waiting = rows.filter(({ count }) => (count?.value ?? 0) > 0)
  return (
    <StaffPage title="Today" facts={`${formatDay(new Date())}. ${user?.name ?? ''}`}>
      <Panel flush title="Waiting for you">
        {waiting.length === 0 ? <EmptyState>Nothing is waiting.</EmptyState> : null}
        <RowList
          inset
          rows={waiting.map(({ item, count }) => ({
            key: item.to,
            title: <TextLink href={item.to}>{item.label}</TextLink>,
            end: <Count value={count?.value ?? 0} tone={count?.alert ? 'alert' : 'neutral'} of="waiting" />,
          }))}
        />
      </Panel>
      <Panel flush title="Everything you can open">
        <RowList
          inset
          rows={rows.map(({ item }) => ({
            key: item.to,
            title: <TextLink href={item.to}>{item.label}</TextLink>,
          }))}
        />
      </Panel>
    </StaffPage>
  )
}
