import type { StatusWord } from '@banksia/kit'
import type { OrderLineRead } from '../api'

/** The customer's words for how far a certificate is; they never hear of the queue. */
export const lineWords: Record<OrderLineRead['state'], StatusWord> = {
  awaiting_payment: 'Awaiting payment',
  being_prepared: 'Being prepared',
  waiting_for_you: 'Waiting for you',
  ready: 'Ready to download',
  cannot_issue: 'Cannot issue',
  cancelled: 'Cancelled',
}

/** The views of a list of orders. */
export const ORDER_VIEWS = [
  { state: 'all', label: 'All' },
  { state: 'open', label: 'In progress' },
  { state: 'complete', label: 'Complete' },
  { state: 'cancelled', label: 'Cancelled' },
] as const

/** A step's detail with its time: after a sentence the time stands alone, after a few words a comma leads to it. */
export function detailAndWhen(detail: string | null, when: string | undefined): string {
  return [detail, when].filter(Boolean).join(/[.?!]$/.test(detail ?? '') ? ' ' : ', ')
}
