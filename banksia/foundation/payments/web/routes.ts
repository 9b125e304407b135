import { pagesOf } from '@banksia/kit'
import { z } from 'zod'

const page = pagesOf('payments')

export const reviewPage = page('staff/review', {
  title: 'Money to review',
  permission: 'payments.payments.read',
  search: z.object({ resolved: z.enum(['yes', 'no']).catch('no') }),
  lazy: () => import('./pages/review'),
})

export const refundsPage = page('staff/refunds', {
  title: 'Refunds',
  permission: 'payments.payments.read',
  search: z.object({
    state: z
      .enum(['awaiting_approval', 'pending', 'succeeded', 'failed', 'rejected'])
      .optional()
      .catch(undefined),
  }),
  lazy: () => import('./pages/refunds'),
})

export const payablePage = page('staff/payables/$payableId', {
  title: 'Payment',
  permission: 'payments.payments.read',
  lazy: () => import('./pages/payable'),
})

export const ledgerPage = page('staff/ledger', {
  title: 'Ledger',
  permission: 'payments.ledger.read',
  lazy: () => import('./pages/ledger'),
})
