import { skipToken, useQueries } from '@tanstack/react-query'
import { HomeIcon, SettingsIcon } from '@ag.ds-next/react/icon'
import { type NavCountQuery, type NavItem, useModules, useUser } from '@banksia/kit'
import { builtIn } from './modules'
import { navOf } from './navigation'

const today: NavItem = { label: 'Today', to: '/staff', icon: HomeIcon, group: 'work', order: 0 }
const settings: NavItem = { label: 'Settings', to: '/settings', icon: SettingsIcon, group: 'admin', order: 0 }

/** The entries of the back office for this person, Today first, Settings only where there is one. */
export function useStaffNav(): NavItem[] {
  const user = useUser()
  const modules = useModules()
  const hasSettings = navOf('settings', builtIn, modules, user).length > 0
  return [today, ...(hasSettings ? [settings] : []), ...navOf('staff', builtIn, modules, user)]
}

/** The counts beside the entries, asked for once and kept fresh while the page is in sight. */
export function useNavCounts(items: readonly NavItem[]) {
  return useQueries({
    queries: items.map(({ count, to }) => {
      const query: NavCountQuery = count?.() ?? { queryKey: ['nav', 'no count', to] }
      return { ...query, queryFn: query.queryFn ?? skipToken, refetchInterval: 60_000 }
    }),
  })
}
