import { queryOptions } from '@tanstack/react-query'
import { ArchiveIcon, BusinessIcon, InvoiceIcon, ThumbsUpIcon } from '@ag.ds-next/react/icon'
import type { NavCount, NavItem } from '@banksia/kit'
import { listWaivers } from './api'
import { bankingsPage, tillPage, tillSessionsPage, tillSettingsPage, waiversPage } from './till-routes'

/** Waivers that somebody has to decide. */
const waiting = () =>
  queryOptions({
    queryKey: ['payments', 'nav-waivers'] as readonly unknown[],
    queryFn: async ({ signal }): Promise<NavCount> => {
      const { data } = await listWaivers({
        query: { state: 'awaiting_approval', limit: 50 },
        signal,
        throwOnError: true,
      })
      return { value: data.results.length }
    },
    refetchInterval: 120_000,
  })

export const tillNav: NavItem[] = [
  {
    label: 'Till',
    to: tillPage.href(),
    group: 'money',
    order: 12,
    icon: InvoiceIcon,
    permission: 'payments.counter.take',
  },
  {
    label: 'Tills',
    to: tillSessionsPage.href(),
    group: 'money',
    order: 14,
    icon: BusinessIcon,
    permission: 'payments.tills.supervise',
  },
  {
    label: 'Banking',
    to: bankingsPage.href(),
    group: 'money',
    order: 16,
    icon: ArchiveIcon,
    permission: 'payments.tills.supervise',
  },
  {
    label: 'Waivers',
    to: waiversPage.href(),
    group: 'money',
    order: 32,
    icon: ThumbsUpIcon,
    permission: 'payments.waivers.approve',
    count: waiting,
  },
  {
    label: 'Counters and tills',
    to: tillSettingsPage.href(),
    area: 'settings',
    order: 36,
    permission: 'payments.tills.manage',
    description: 'Where money is taken over the counter, and the drawers that clerks open.',
  },
]
