import { queryOptions } from '@tanstack/react-query'
import { ChartBarIcon, RefreshCcwIcon, WarningIcon } from '@ag.ds-next/react/icon'
import { defineModule, type NavCount } from '@banksia/kit'
import { listReviewCases } from './api'
import { ledgerPage, payablePage, payPage, settingsPage, refundsPage, reviewPage } from './routes'
import { financeNav } from './finance-nav'
import { financePages } from './finance-routes'
import { providerNav } from './provider-nav'
import { providerPages } from './provider-routes'
import { tillNav } from './till-nav'
import { tillPages } from './till-routes'

/** Money that does not match is always wrong, so its count is red. */
const waiting = () =>
  queryOptions({
    queryKey: ['payments', 'nav-count'] as readonly unknown[],
    queryFn: async ({ signal }): Promise<NavCount> => {
      const { data } = await listReviewCases({
        query: { resolved: false, limit: 50 },
        signal,
        throwOnError: true,
      })
      return { value: data.results.length, alert: data.results.length > 0 }
    },
    refetchInterval: 120_000,
  })

export default defineModule({
  name: 'payments',
  nav: [
    ...tillNav,
    ...financeNav,
    ...providerNav,
    {
      label: 'Money to review',
      to: reviewPage.href(),
      group: 'money',
      order: 20,
      icon: WarningIcon,
      permission: 'payments.payments.read',
      count: waiting,
    },
    {
      label: 'Refunds',
      to: refundsPage.href(),
      group: 'money',
      order: 30,
      icon: RefreshCcwIcon,
      permission: 'payments.payments.read',
    },
    {
      label: 'Ledger',
      to: ledgerPage.href(),
      group: 'money',
      order: 40,
      icon: ChartBarIcon,
      permission: 'payments.ledger.read',
    },
    {
      label: 'Payments',
      to: settingsPage.href(),
      area: 'settings',
      order: 35,
      permission: 'payments.settings.manage',
      description: 'Ways to pay, surcharges, receipts, refunds and alerts, and the way to tills and codes.',
    },
  ],
  routes: [
    payPage,
    settingsPage,
    reviewPage,
    refundsPage,
    payablePage,
    ledgerPage,
    ...tillPages,
    ...financePages,
    ...providerPages,
  ],
})
