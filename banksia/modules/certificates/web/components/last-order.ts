import { useSyncExternalStore } from 'react'
import { onSignedOut } from '@banksia/kit'

/** The order that was placed last here and is not known to be paid or ended. */
export interface LastOrder {
  id: string
  number: string
  /** The address of its first certificate. */
  address: string
}

// It stays in the tab as the order's key does: on a shared computer the next person has no business with it. Who closes
// the tab has the mail that is sent while the order is unpaid.
const STORED_AS = 'banksia.certificates.last-order'
const listeners = new Set<() => void>()
let kept: LastOrder | null | undefined

onSignedOut(() => {
  kept = undefined
  tell()
})

function tell(): void {
  listeners.forEach((each) => {
    each()
  })
}

function load(): LastOrder | null {
  try {
    return JSON.parse(sessionStorage.getItem(STORED_AS) ?? 'null') as LastOrder | null
  } catch {
    return null
  }
}

function read(): LastOrder | null {
  if (kept === undefined) kept = load()
  return kept
}

/** Remember an order before its payment page opens, because that page may be left without a word. */
export function keepLastOrder(order: LastOrder): void {
  kept = order
  try {
    sessionStorage.setItem(STORED_AS, JSON.stringify(order))
  } catch {
    // A browser that keeps nothing: it is remembered as long as the page lives.
  }
  tell()
}

/** The order has been seen paid or ended. */
export function forgetLastOrder(orderId: string): void {
  if (read()?.id !== orderId) return
  kept = null
  sessionStorage.removeItem(STORED_AS)
  tell()
}

export function useLastOrder(): LastOrder | null {
  return useSyncExternalStore((listener) => {
    listeners.add(listener)
    return () => listeners.delete(listener)
  }, read)
}
