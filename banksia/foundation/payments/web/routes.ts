import { pagesOf } from '@banksia/kit'
import { z } from 'zod'
import { ledgerKinds, type LedgerKind } from './components/ledger-words'

const page = pagesOf('payments')
const ledgerKind = z.enum(Object.keys(ledgerKinds) as [LedgerKind, ...LedgerKind[]])

export const payPage = page('customer/pay/$token', {
  title: 'Pay the council',
  search: z.object({
    payment: z.string().optional().catch(undefined),
    back: z.string().optional().catch(undefined),
  }),
  lazy: () => import('./pages/pay'),
})

export const settingsPage = page('settings', {
  title: 'Payments',
  permission: 'payments.settings.manage',
  lazy: () => import('./pages/settings'),
})

export const reviewPage = page('staff/review', {
  title: 'Money to review',
  permission: 'payments.payments.read',
  search: z.object({
    resolved: z.enum(['yes', 'no']).catch('no'),
    kind: z
      .enum([
        'mismatch',
        'paid_late',
        'duplicate',
        'refund_failed',
        'dispute',
        'not_in_ledger',
        'not_at_provider',
      ])
      .optional()
      .catch(undefined),
  }),
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
  search: z.object({
    kind: ledgerKind.optional().catch(undefined),
    method: z.string().optional().catch(undefined),
    reference: z.string().max(200).optional().catch(undefined),
    from: z.string().optional().catch(undefined),
    until: z.string().optional().catch(undefined),
  }),
  lazy: () => import('./pages/ledger'),
})
