import type { RefundRead, ReviewCaseRead } from '../api'

export const refundWords: Record<RefundRead['state'], string> = {
  awaiting_approval: 'Waits for a second person',
  pending: 'On its way',
  succeeded: 'Refunded',
  failed: 'Failed',
  rejected: 'Turned down',
}

export const caseTitles: Record<ReviewCaseRead['kind'], string> = {
  mismatch: 'A payment does not match what was asked for',
  paid_late: 'Paid after the order had ended',
  duplicate: 'Paid twice',
  refund_failed: 'A refund failed',
}

export const resolutionWords: Record<ReviewCaseRead['possible'][number], string> = {
  refund: 'Refund',
  reinstate: 'Accept the payment',
  dismiss: 'Close without moving money',
}

/** The address of what was sold, by the name that its workflow gave it. */
export function subjectHref(kind: string, id: string): string | null {
  return kind === 'certificates.order' ? `/certificates/staff/orders/${id}` : null
}
