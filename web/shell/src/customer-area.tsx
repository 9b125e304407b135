import { Outlet } from '@tanstack/react-router'
import { CustomerFooter, CustomerHeader, useModules, useOrganisation, useUser } from '@banksia/kit'
import { Account } from './account'
import { builtIn } from './modules'
import { navOf } from './navigation'

/** What stands around every customer's page. */
export function CustomerArea() {
  const organisation = useOrganisation()
  const user = useUser()
  const modules = useModules()
  const links = (area: 'customer' | 'footer') =>
    navOf(area, builtIn, modules, user).map(({ label, to }) => ({ label, href: to }))
  return (
    <div
      css={{
        minHeight: '100vh',
        display: 'grid',
        gridTemplateRows: 'auto 1fr auto',
        gridTemplateColumns: 'minmax(0, 1fr)',
      }}
    >
      <CustomerHeader organisation={organisation} links={links('customer')} account={<Account />} />
      <main id="main" tabIndex={-1}>
        <Outlet />
      </main>
      <CustomerFooter organisation={organisation} links={links('footer')} />
    </div>
  )
}
