import { formatMoney, Notice } from '@banksia/kit'
import type { OrderRead } from '../api'

/** A cheque came back after something was issued: whoever opens the order has to see it. */
export function IssuedUnpaid({ order }: { order: OrderRead }) {
  const issued = order.lines.filter(({ state }) => state === 'ready')
  if (order.money !== 'awaiting_payment' || issued.length === 0) return null
  return (
    <Notice tone="warning" title={`${formatMoney(order.left_cents)} is owed for what is issued already`}>
      <p>
        The payment came back from the bank. Issued and not paid:{' '}
        {issued.map(({ short_title }) => short_title).join(', ')}. Ask the customer to pay again.
      </p>
    </Notice>
  )
}
