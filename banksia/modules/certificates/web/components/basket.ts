import { useSyncExternalStore } from 'react'

/** One certificate that is to be ordered, with what the summary says of it. */
export interface BasketLine {
  propertyId: string
  address: string
  parcel: string
  product: string
  urgent: boolean
}

export interface Contact {
  name: string
  email: string
  phone: string
  reference: string
}

export interface Basket {
  /** Sent with the order: the same basket sent twice is one order. */
  key: string
  lines: BasketLine[]
  contact: Contact | null
}

const STORED_AS = 'banksia.certificates.basket'
const empty: Basket = { key: '', lines: [], contact: null }
const listeners = new Set<() => void>()
let kept: Basket | null = null

function load(): Basket {
  try {
    const stored = sessionStorage.getItem(STORED_AS)
    return stored ? { ...empty, ...(JSON.parse(stored) as Partial<Basket>) } : empty
  } catch {
    return empty
  }
}

export function readBasket(): Basket {
  return (kept ??= load())
}

/** Keep a changed basket in this tab; a change of lines is another order, so it gets a new key. */
export function changeBasket(change: (basket: Basket) => Omit<Basket, 'key'>): void {
  kept = { ...change(readBasket()), key: crypto.randomUUID() }
  sessionStorage.setItem(STORED_AS, JSON.stringify(kept))
  listeners.forEach((tell) => {
    tell()
  })
}

/** The order is placed and paid for: the next one starts empty, for the same person. */
export function emptyBasket(): void {
  changeBasket(({ contact }) => ({ lines: [], contact: contact && { ...contact, reference: '' } }))
}

export function useBasket(): Basket {
  return useSyncExternalStore((tell) => {
    listeners.add(tell)
    return () => listeners.delete(tell)
  }, readBasket)
}

const same = (one: BasketLine, other: Pick<BasketLine, 'propertyId' | 'parcel' | 'product'>) =>
  one.propertyId === other.propertyId && one.parcel === other.parcel && one.product === other.product

/** Add a line, or change its urgency. */
export function putLine(line: BasketLine): void {
  changeBasket(({ lines, contact }) => ({
    lines: lines.some((each) => same(each, line))
      ? lines.map((each) => (same(each, line) ? line : each))
      : [...lines, line],
    contact,
  }))
}

export function removeLine(line: Pick<BasketLine, 'propertyId' | 'parcel' | 'product'>): void {
  changeBasket(({ lines, contact }) => ({ lines: lines.filter((each) => !same(each, line)), contact }))
}
