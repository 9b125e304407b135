import { pagesOf } from '@banksia/kit'
import { z } from 'zod'

const page = pagesOf('payments')

export const casePage = page('staff/review/$caseId', {
  title: 'Case to review',
  permission: 'payments.payments.read',
  lazy: () => import('./pages/review-case'),
})

export const disputesPage = page('staff/disputes', {
  title: 'Disputes',
  permission: 'payments.payments.read',
  search: z.object({
    state: z.enum(['needs_response', 'under_review', 'won', 'lost']).optional().catch(undefined),
  }),
  lazy: () => import('./pages/disputes'),
})

export const disputePage = page('staff/disputes/$disputeId', {
  title: 'Dispute',
  permission: 'payments.payments.read',
  lazy: () => import('./pages/dispute'),
})

export const reconciliationPage = page('staff/reconciliation', {
  title: 'Reconciliation',
  permission: 'payments.reconciliation.read',
  search: z.object({ show: z.enum(['runs', 'provider', 'ledger', 'payouts']).catch('runs') }),
  lazy: () => import('./pages/reconciliation'),
})

export const payoutPage = page('staff/payouts/$payoutId', {
  title: 'Payout',
  permission: 'payments.reconciliation.read',
  lazy: () => import('./pages/payout'),
})

export const providerPage = page('settings/provider', {
  title: 'Online payments',
  permission: 'payments.provider.manage',
  lazy: () => import('./pages/provider'),
})

export const providerPages = [
  casePage,
  disputesPage,
  disputePage,
  reconciliationPage,
  payoutPage,
  providerPage,
]
