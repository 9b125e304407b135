import { Outlet, useLocation, useMatches } from '@tanstack/react-router'
import { ShortcutHelp, StaffLayout, StaffNav, useOrganisation } from '@banksia/kit'
import { Account } from './account'
import { navGroups } from './navigation'
import { useNavCounts, useStaffNav } from './staff-nav'
import { StaffSearchBox } from './staff-search'

/** What stands around every page of the back office. */
export default function StaffArea() {
  const organisation = useOrganisation()
  const { pathname } = useLocation()
  const items = useStaffNav()
  const counts = useNavCounts(items)
  const workspace = useMatches({
    select: (matches) => matches.some(({ staticData }) => staticData.workspace),
  })
  const links = items.map((item, index) => ({ ...item, href: item.to, count: counts[index]?.data }))
  // A settings page belongs to Settings, whichever module it is of.
  const path = /^\/[^/]+\/settings(\/|$)/.test(pathname) ? '/settings' : pathname
  return (
    <StaffLayout
      organisation={organisation}
      subline="Back office"
      workspace={workspace}
      search={<StaffSearchBox />}
      account={<Account detailed />}
      navigation={(rail) => <StaffNav groups={navGroups(links)} path={path} rail={rail} />}
    >
      <Outlet />
      <ShortcutHelp />
    </StaffLayout>
  )
}
