import { TextLink } from '@ag.ds-next/react/text-link'
import { EmptyState, Panel, RowList, StaffPage, useModules, useUser } from '@banksia/kit'
import { builtIn } from '../modules'
import { navOf } from '../navigation'

/** Everything that this person may set, whichever module it is of. */
export default function SettingsPage() {
  const items = navOf('settings', builtIn, useModules(), useUser())
  return (
    <StaffPage title="Settings">
      <Panel flush>
        {items.length === 0 ? (
          <EmptyState>There is nothing here for your role.</EmptyState>
        ) : (
          <RowList
            inset
            rows={items.map(({ to, label, description }) => ({
              key: to,
              title: <TextLink href={to}>{label}</TextLink>,
              detail: description,
            }))}
          />
        )}
      </Panel>
    </StaffPage>
  )
}
