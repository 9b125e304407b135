import { queryOptions } from '@tanstack/react-query'
import { AvatarIcon, ChartLineIcon, SuccessIcon } from '@ag.ds-next/react/icon'
import type { NavCount, NavItem } from '@banksia/kit'
import { readChecks } from './api'
import { accountsPage, checksPage, glCodesPage, reportsPage } from './finance-routes'

/** Checks that fail; each of them means that something is wrong. */
const failing = () =>
  queryOptions({
    queryKey: ['payments', 'nav-checks'] as readonly unknown[],
    queryFn: async ({ signal }): Promise<NavCount> => {
      const { data } = await readChecks({ signal, throwOnError: true })
      const value = data.checks.filter(({ failing_since }) => failing_since !== null).length
      return { value, alert: value > 0 }
    },
    refetchInterval: 300_000,
  })

export const financeNav: NavItem[] = [
  {
    label: 'Accounts',
    to: accountsPage.href(),
    group: 'money',
    order: 34,
    icon: AvatarIcon,
    permission: 'payments.accounts.read',
  },
  {
    label: 'Reports',
    to: reportsPage.href(),
    group: 'money',
    order: 42,
    icon: ChartLineIcon,
    permission: 'payments.ledger.read',
  },
  {
    label: 'Checks of the books',
    to: checksPage.href(),
    group: 'money',
    order: 44,
    icon: SuccessIcon,
    permission: 'payments.checks.run',
    count: failing,
  },
  {
    label: 'General-ledger codes',
    to: glCodesPage.href(),
    area: 'settings',
    order: 37,
    permission: 'payments.gl_codes.manage',
    description: 'The codes that takings are reported and exported under, with the names that people know.',
  },
]
