import { useSyncExternalStore } from 'react'
import { tellTabs, type TabMessage } from './basket-tabs'
import { keepInTab, readKept, subscribeKept } from './kept-in-tab'

/** One certificate that is to be ordered, with what the summary says of it. */
export interface BasketLine {
  propertyId: string
  address: string
  parcel: string
  product: string
  urgent: boolean
  /** What it cost when it was chosen or last confirmed: a fee that changes since is told, not charged. */
  seenCents?: number
}

export type LineName = Pick<BasketLine, 'propertyId' | 'parcel' | 'product'>

export interface Contact {
  name: string
  email: string
  phone: string
  reference: string
  /** The id of the firm that the order is for; `self` when it is for the person. Not asked of who has no firm. */
  firm?: string
  /** Whether they come for it on paper. */
  collect?: boolean
}

export interface Basket {
  /** Sent with the order: the same basket sent twice is one order. */
  key: string
  lines: BasketLine[]
  contact: Contact | null
}

const STORED_AS = 'banksia.certificates.basket'
const empty: Basket = { key: '', lines: [], contact: null }
const asBasket = (stored: unknown): Basket => ({ ...empty, ...(stored as Partial<Basket> | null) })
let greeted = false

export function readBasket(): Basket {
  return readKept(STORED_AS, asBasket)
}

/** Keep a changed basket in this tab; a change is another order, so it gets a new key. */
function keep(change: Partial<Omit<Basket, 'key'>>): void {
  keepInTab(STORED_AS, { ...readBasket(), ...change, key: crypto.randomUUID() })
}

export const same = (one: LineName, other: LineName) =>
  one.propertyId === other.propertyId && one.parcel === other.parcel && one.product === other.product

const without = (lines: readonly BasketLine[], removed: readonly LineName[]) =>
  lines.filter((line) => !removed.some((each) => same(each, line)))

const withLines = (lines: readonly BasketLine[], put: readonly BasketLine[]) => [
  ...lines.map((line) => put.find((each) => same(each, line)) ?? line),
  ...put.filter((line) => !lines.some((each) => same(each, line))),
]

/** Another tab changed its lines, and this one follows; what was added here stays. */
export function hearTab(message: TabMessage): void {
  const { lines } = readBasket()
  if (message.kind === 'opened') {
    if (lines.length > 0) tellTabs({ kind: 'changed', put: lines, removed: [] }, hearTab)
    return
  }
  const next = withLines(without(lines, message.removed), message.put)
  if (JSON.stringify(next) !== JSON.stringify(lines)) keep({ lines: next })
}

/** Change the lines, here and in the other tabs. */
export function changeLines(change: (lines: BasketLine[]) => BasketLine[]): void {
  const before = readBasket().lines
  const lines = change(before)
  keep({ lines })
  tellTabs(
    {
      kind: 'changed',
      put: lines.filter((line) => !before.includes(line)),
      removed: without(before, lines),
    },
    hearTab,
  )
}

/** Keep in this tab who orders. */
export function keepContact(contact: Contact | null): void {
  keep({ contact })
}

/** The order is placed: its lines go, what was added meanwhile stays, and the next one is for the same person. */
export function takeOut(ordered: readonly BasketLine[]): void {
  changeLines((lines) => without(lines, ordered))
  const { contact } = readBasket()
  keepContact(contact && { ...contact, reference: '' })
}

export function useBasket(): Basket {
  return useSyncExternalStore((tell) => {
    const forget = subscribeKept(tell)
    // A tab that opens asks the others what they have.
    if (!greeted) tellTabs({ kind: 'opened' }, hearTab)
    greeted = true
    return forget
  }, readBasket)
}

/** Add a line, or change its urgency. */
export function putLine(line: BasketLine): void {
  changeLines((lines) => withLines(lines, [line]))
}

export function removeLine(line: LineName): void {
  changeLines((lines) => without(lines, [line]))
}
