import { formatDay, formatDayAndTime, type StatusWord } from '@banksia/kit'
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

/** The views of a list of orders. */
export const ORDER_VIEWS = [
  { state: 'all', label: 'All' },
  { state: 'open', label: 'In progress' },
  { state: 'complete', label: 'Complete' },
  { state: 'cancelled', label: 'Cancelled' },
] as const

/** A step's detail with its time: after a sentence the time stands alone, after a few words a comma leads to it. */
function detailAndWhen(detail: string | null, when: string | undefined): string {
  return [detail, when].filter(Boolean).join(/[.?!]$/.test(detail ?? '') ? ' ' : ', ')
}

/** A step of an order as the timeline shows it. */
export function timelineEvent({ title, detail, at, due_on, state }: OrderRead['timeline'][number]) {
  const when = at ? formatDayAndTime(at) : due_on ? `Due by ${formatDay(due_on)}` : undefined
  const states = { done: 'done', current: 'now', upcoming: 'ahead' } as const
  return { title, detail: detailAndWhen(detail, when), state: states[state] }
}
