import { TextLink } from '@ag.ds-next/react/text-link'
import { formatMoney, Notice } from '@banksia/kit'
import type { OrderRead } from '../api'

/** What a payer's bank wants back of an order's money, and what it took. */
export function PayersBank({ order }: { order: OrderRead }) {
  return (
    <>
      {order.payment_disputed ? (
        <Notice tone="warning" title="The payer’s bank wants the money back">
          Nothing of the payment can be refunded until the bank has decided.{' '}
          <TextLink href="/payments/staff/disputes">Open the disputes</TextLink>
        </Notice>
      ) : null}
      {order.lost_cents > 0 ? (
        <Notice tone="warning" title={`The payer’s bank took ${formatMoney(order.lost_cents)} back`}>
          The council lost the dispute: this money is gone, whatever was delivered.{' '}
          <TextLink href="/payments/staff/disputes">Open the disputes</TextLink>
        </Notice>
      ) : null}
    </>
  )
}
