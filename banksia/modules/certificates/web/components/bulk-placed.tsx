import { useState } from 'react'
import { TextLink } from '@ag.ds-next/react/text-link'
import { ActionButton, ErrorPanel, formatDay, formatMoney, Notice, Panel, RowList } from '@banksia/kit'
import type { BulkOrderRead } from '../api'
import { orderPage } from '../routes'
import { openPaymentPage } from './open-payment-page'

/** The orders of a list, each with its own payment and receipt. */
export function BulkPlacedList({ orders }: { orders: readonly BulkOrderRead[] }) {
  const [busy, setBusy] = useState<string>()
  const [failure, setFailure] = useState<unknown>()
  const pay = async (orderId: string) => {
    setBusy(orderId)
    setFailure(undefined)
    try {
      await openPaymentPage(orderId)
    } catch (error) {
      setFailure(error)
      setBusy(undefined)
    }
  }
  return (
    <>
      <Notice tone="success" role="status" title="Pay each order to start its work">
        <p>They are kept in your account. You can pay them now, or come back to them under Your orders.</p>
      </Notice>
      {failure ? <ErrorPanel title="The payment page could not be opened" error={failure} /> : null}
      <Panel title="Your orders" flush>
        <RowList
          inset
          stack
          rows={orders.map((order) => ({
            key: order.id,
            title: (
              <TextLink href={orderPage.href({ params: { orderId: order.id } })}>
                {order.number}
                {order.reference ? `, ${order.reference}` : ''}
              </TextLink>
            ),
            detail: `${String(order.line_count)} certificate${order.line_count === 1 ? '' : 's'}, due by ${formatDay(order.due_on)}`,
            end: (
              <ActionButton
                size="sm"
                variant="secondary"
                loading={busy === order.id}
                onClick={() => void pay(order.id)}
                aria-label={`Pay ${formatMoney(order.total_cents)} for order ${order.number}`}
              >
                {`Pay ${formatMoney(order.total_cents)}`}
              </ActionButton>
            ),
          }))}
        />
      </Panel>
    </>
  )
}
