import { TextLink } from '@ag.ds-next/react/text-link'
import { Count, EmptyState, Panel, RowList, StaffPage, useModules, useUser } from '@banksia/kit'
import { builtIn } from '../modules'
import { navOf } from '../navigation'
import { useNavCounts } from '../staff-nav'

/** Everything that this person may set, whichever module it is of. */
export default function SettingsPage() {
  const items = navOf('settings', builtIn, useModules(), useUser())
  const counts = useNavCounts(items)
  return (
    <StaffPage title="Settings">
      <Panel flush>
        {items.length === 0 ? (
          <EmptyState>There is nothing here for your role.</EmptyState>
        ) : (
          <RowList
            inset
            rows={items.map(({ to, label, description }, index) => ({
              key: to,
              title: <TextLink href={to}>{label}</TextLink>,
              detail: description,
              end: counts[index]?.data?.value ? (
                <Count value={counts[index].data.value} of="waiting" />
              ) : null,
            }))}
          />
        )}
      </Panel>
    </StaffPage>
  )
}
