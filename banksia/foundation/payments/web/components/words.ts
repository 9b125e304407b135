import type { DisputeRead, RefundRead, ReviewCaseRead } from '../api'

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
  dispute: 'The payer’s bank wants the money back',
  not_in_ledger: 'The provider lists it, the ledger does not have it',
  not_at_provider: 'The ledger has it, the provider does not list it',
}

export const resolutionWords: Record<ReviewCaseRead['possible'][number], string> = {
  refund: 'Refund',
  reinstate: 'Accept the payment',
  dismiss: 'Close without moving money',
  record: 'Write it into the ledger',
}

/** Short, for the filter of the list. */
export const caseFilters: Record<ReviewCaseRead['kind'], string> = {
  mismatch: 'Does not match',
  paid_late: 'Paid late',
  duplicate: 'Paid twice',
  refund_failed: 'Refund failed',
  dispute: 'Disputed',
  not_in_ledger: 'Not in the ledger',
  not_at_provider: 'Not at the provider',
}

export const disputeWords: Record<DisputeRead['state'], string> = {
  needs_response: 'Needs an answer',
  under_review: 'The bank decides',
  won: 'Won, the money stays',
  lost: 'Lost, the money is gone',
}

export const movementWords: Record<string, string> = {
  charge: 'Charge',
  fee: 'Fee',
  refund: 'Refund',
  dispute: 'Taken back in a dispute',
  reversal: 'Given back',
  payout: 'Sent to the bank',
}

/** `product_not_received` as people say it. */
export function spoken(word: string): string {
  const spaced = word.replaceAll('_', ' ')
  return spaced.charAt(0).toUpperCase() + spaced.slice(1)
}
