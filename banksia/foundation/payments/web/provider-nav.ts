import { queryOptions } from '@tanstack/react-query'
import { AlertIcon, SuccessIcon } from '@ag.ds-next/react/icon'
import type { NavCount, NavItem } from '@banksia/kit'
import { listDisputes } from './api'
import { disputesPage, providerPage, reconciliationPage } from './provider-routes'

/** Disputes that a bank waits for an answer to: it decides without us when the day is over. */
const unanswered = () =>
  queryOptions({
    queryKey: ['payments', 'nav-disputes'] as readonly unknown[],
    queryFn: async ({ signal }): Promise<NavCount> => {
      const { data } = await listDisputes({
        query: { state: 'needs_response', limit: 50 },
        signal,
        throwOnError: true,
      })
      return { value: data.results.length, alert: data.results.length > 0 }
    },
    refetchInterval: 300_000,
  })

export const providerNav: NavItem[] = [
  {
    label: 'Disputes',
    to: disputesPage.href(),
    group: 'money',
    order: 32,
    icon: AlertIcon,
    permission: 'payments.payments.read',
    count: unanswered,
  },
  {
    label: 'Reconciliation',
    to: reconciliationPage.href(),
    group: 'money',
    order: 43,
    icon: SuccessIcon,
    permission: 'payments.reconciliation.read',
  },
  {
    label: 'Online payments',
    to: providerPage.href(),
    area: 'settings',
    order: 36,
    permission: 'payments.provider.manage',
    description: 'Whose account takes the council’s online payments: its keys, tested and sealed.',
  },
]
