import { useSyncExternalStore } from 'react'
import { keepInTab, readKept, subscribeKept } from './kept-in-tab'

/** The order that was placed last here and is not known to be paid or ended. */
export interface LastOrder {
  id: string
  number: string
  /** The address of its first certificate. */
  address: string
}

// Who closes the tab has the mail that is sent while the order is unpaid.
const STORED_AS = 'banksia.certificates.last-order'

const read = () => readKept(STORED_AS, (stored) => stored as LastOrder | null)

/** Remember an order before its payment page opens, because that page may be left without a word. */
export function keepLastOrder(order: LastOrder): void {
  keepInTab(STORED_AS, order)
}

/** The order has been seen paid or ended. */
export function forgetLastOrder(orderId: string): void {
  if (read()?.id === orderId) keepInTab(STORED_AS, null)
}

export function useLastOrder(): LastOrder | null {
  return useSyncExternalStore(subscribeKept, read)
}
