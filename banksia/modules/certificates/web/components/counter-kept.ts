import { useSyncExternalStore } from 'react'
import { useOrganisation, useUser } from '@banksia/kit'
import type { CounterCustomer, OrderedLine } from './counter-order'
import { keepInTab, readKept, subscribeKept } from './kept-in-tab'

/** Why historic lots are ordered for all the same: by the property, then by the lot. */
export type ReasonsByProperty = Readonly<Record<string, Readonly<Record<string, string>>>>

/** What a clerk has put together at the counter and not placed yet. */
export interface CounterKept {
  /** Sent with the order: the same order sent twice is one. */
  key: string
  lines: readonly OrderedLine[]
  reasons: ReasonsByProperty
  customer: CounterCustomer
}

type Change = Partial<Omit<CounterKept, 'key'>>

const NOBODY: CounterCustomer = { name: '', email: '', phone: '', reference: '', collect: false }
const blank = (): CounterKept => ({ key: crypto.randomUUID(), lines: [], reasons: {}, customer: NOBODY })
const asKept = (stored: unknown): CounterKept => ({ ...blank(), ...(stored as Partial<CounterKept> | null) })

/** The order that the clerk has begun in this tab, whichever pages are looked at meanwhile. */
export function useCounterKept() {
  const { id: councilId } = useOrganisation()
  const user = useUser()
  const name = `banksia.certificates.counter.${councilId}.${user?.id ?? ''}`
  const read = () => readKept(name, asKept)
  const kept = useSyncExternalStore(subscribeKept, read)
  return {
    kept,
    isBegun: [kept.lines, Object.keys(kept.reasons), Object.values(kept.customer).filter(Boolean)].some(
      ({ length }) => length > 0,
    ),
    /** Changes what is kept as it is now; what is changed is another order, so it gets a new key. */
    change: (change: (now: CounterKept) => Change) => {
      const now = read()
      keepInTab(name, { ...now, ...change(now), key: crypto.randomUUID() })
    },
    clear: () => {
      keepInTab(name, null)
    },
  }
}
