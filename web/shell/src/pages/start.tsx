import { TextLink } from '@ag.ds-next/react/text-link'
import { CustomerPage, EmptyState, RowList, useModules, useOrganisation, useUser } from '@banksia/kit'
import { builtIn } from '../modules'
import { navOf } from '../navigation'

/** Where the portal begins when no module fills it: the council's services, each by its link. */
export function StartPage() {
  const { name } = useOrganisation()
  const items = navOf('customer', builtIn, useModules(), useUser())
  return (
    <CustomerPage title={`Services of ${name}`}>
      {items.length === 0 ? <EmptyState>This council offers no services here yet.</EmptyState> : null}
      <RowList
        rows={items.map(({ to, label }) => ({ key: to, title: <TextLink href={to}>{label}</TextLink> }))}
      />
    </CustomerPage>
  )
}
