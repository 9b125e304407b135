/** What the ledger calls its entries, for people. */
export const ledgerKinds = {
  charge: 'Card payment',
  counter_taking: 'Counter payment',
  account_charge: 'Charged to an account',
  account_payment: 'Account paid',
  account_settlement: 'Account settled',
  waiver: 'Fee waived',
  refund: 'Refund',
  reversal: 'Reversal',
  dispute: 'Dispute',
  fee: 'Fee of the provider',
  payout: 'Payout',
} as const

export type LedgerKind = keyof typeof ledgerKinds

export const ledgerMethods = {
  card: 'Card',
  cash: 'Cash',
  eftpos: 'EFTPOS',
  cheque: 'Cheque',
  account: 'On account',
  transfer: 'Transfer',
  waiver: 'Waived',
} as const

/** A kind as people read it; one that is new to this page stays readable. */
export function kindWords(kind: string): string {
  return kind in ledgerKinds ? ledgerKinds[kind as LedgerKind] : kind.replaceAll('_', ' ')
}

export function methodWords(method: string): string {
  return method in ledgerMethods ? ledgerMethods[method as keyof typeof ledgerMethods] : method
}
