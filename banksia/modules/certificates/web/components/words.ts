import type { StatusWord } from '@banksia/kit'
import type { OrderLineRead, OrderRead } from '../api'

/** The customer's words for how far a certificate is; they never hear of the queue. */
export const lineWords: Record<OrderLineRead['state'], StatusWord> = {
  awaiting_payment: 'Awaiting payment',
  being_prepared: 'Being prepared',
  waiting_for_you: 'Waiting for you',
  ready: 'Ready to download',
  cannot_issue: 'Cannot issue',
  cancelled: 'Cancelled',
}

export const moneyWords: Record<OrderRead['money'], StatusWord> = {
  awaiting_payment: 'Awaiting payment',
  paid: 'Paid',
  part_refunded: 'Part refunded',
  refunded: 'Refunded',
  needs_review: 'Needs review',
  expired: 'Expired',
  cancelled: 'Cancelled',
}
