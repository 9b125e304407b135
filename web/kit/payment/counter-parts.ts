import { surchargeOn } from '../format/surcharge'
import { queryOptions } from '@tanstack/react-query'
import { formatMoney } from '../format/money'
import { fetchJson } from '../session/session'

export type CounterMethod = 'cash' | 'eftpos' | 'cheque' | 'account'

export const methodWords: Record<CounterMethod, string> = {
  cash: 'Cash',
  eftpos: 'EFTPOS',
  cheque: 'Cheque',
  account: 'Account',
}

/** One part of a payment at the counter, as the server takes it; amounts are in cents. */
export interface CounterPart {
  method: CounterMethod
  amount_cents: number
  tendered_cents: number | null
  reference: string | null
  drawer: string | null
  account_id: string | null
  /** What the terminal took on top of the amount. */
  surcharge_cents: number
}

/** What a clerk has typed of one part. */
export interface TypedPart {
  method: CounterMethod
  /** How much of what is due; null while it is no amount. */
  amount: number | null
  received: number | null
  reference: string
  drawer: string
  account: string
}

interface WayToPay {
  method: string
  surcharge_basis_points: number
}

/** What the council takes, and what each way costs on top: GET /api/payments/ways-to-pay. */
export const waysToPayQuery = queryOptions({
  queryKey: ['payments', 'ways-to-pay'],
  queryFn: ({ signal }) => fetchJson<WayToPay[]>('/api/payments/ways-to-pay', signal),
})

export interface AccountChoice {
  id: string
  code: string
  name: string
  left_cents: number
}

/** Firms that may buy on account and are called like this: GET /api/payments/accounts. */
export function accountsQuery(search: string) {
  return queryOptions({
    queryKey: ['payments', 'accounts', 'choice', search],
    queryFn: async ({ signal }) =>
      (
        await fetchJson<{ results: AccountChoice[] }>('/api/payments/accounts', signal, {
          search: search || undefined,
          limit: 50,
        })
      ).results,
  })
}

/** What is wrong with a part, in words, or nothing; the server checks it again. */
export function problemOfPart(typed: TypedPart, leftCents: number): string {
  const { method, amount, received, reference, drawer, account } = typed
  if (amount === null || amount <= 0) return 'Enter how much is paid this way.'
  if (amount > leftCents) return `Only ${formatMoney(leftCents)} is still to be paid.`
  if (method === 'cash' && received === null) return 'Enter the cash received.'
  if (method === 'cash' && (received ?? 0) < amount)
    return `${formatMoney(amount - (received ?? 0))} is missing.`
  if (method === 'eftpos' && !reference.trim()) return 'Enter the terminal reference.'
  if (method === 'cheque' && (!reference.trim() || !drawer.trim()))
    return 'Enter the name on the cheque and its number.'
  if (method === 'account' && !account) return 'Choose the account that it goes on.'
  return ''
}

/** The part as it is sent: only what belongs to its method. */
export function partOf(typed: TypedPart, basisPoints: number): CounterPart {
  const { method, reference, drawer, account } = typed
  const amount = typed.amount ?? 0
  return {
    method,
    amount_cents: amount,
    tendered_cents: method === 'cash' ? typed.received : null,
    reference: method === 'eftpos' || method === 'cheque' ? reference.trim() : null,
    drawer: method === 'cheque' ? drawer.trim() : null,
    account_id: method === 'account' ? account : null,
    surcharge_cents: method === 'eftpos' ? surchargeOn(amount, basisPoints) : 0,
  }
}
