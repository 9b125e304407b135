import type { BankingRead, TillRead, TillSessionRead, WaiverRead } from '../api'

export const tillMethodWords = { cash: 'Cash', eftpos: 'EFTPOS', cheque: 'Cheques' } as const

export const waiverWords: Record<WaiverRead['state'], string> = {
  awaiting_approval: 'Waits for a second person',
  approved: 'Waived',
  rejected: 'Turned down',
}

/** `Front counter, Till 2`. */
export function placeOf(of: Pick<TillSessionRead, 'location_name' | 'till_name'>): string {
  return `${of.location_name}, ${of.till_name}`
}

/** The same of a till that nobody has open. */
export function placeOfTill(till: TillRead): string {
  return `${till.location_name}, ${till.name}`
}

export function sumOf(found: TillSessionRead, method: keyof typeof tillMethodWords) {
  return found.sums.find((sum) => sum.method === method)
}

/** What of a closed till goes into the bag, in cents: the counted cash without the float, and the cheques. */
export function toBank(found: TillSessionRead): number {
  const counted = (method: 'cash' | 'cheque') => sumOf(found, method)?.counted_cents ?? 0
  return counted('cash') - found.float_cents + counted('cheque')
}

export function bagTitle(banking: Pick<BankingRead, 'location_name' | 'reference'>): string {
  return `${banking.reference}, ${banking.location_name}`
}
