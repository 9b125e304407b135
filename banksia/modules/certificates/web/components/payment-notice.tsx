import { useState } from 'react'
import { Button } from '@ag.ds-next/react/button'
import { ErrorPanel, formatMoney, Notice } from '@banksia/kit'
import { payOrder, type OrderRead } from '../api'
import { orderHeaders } from './order-token'

/** What the payment needs from the customer; true at every moment, whatever the address says. */
export function PaymentNotice({ order, confirming }: { order: OrderRead; confirming: boolean }) {
  if (order.money === 'needs_review') {
    return (
      <Notice tone="warning" title="Council is checking your payment">
        <p>
          It does not match the order. Council writes to you when it is settled. There is nothing to pay
          again.
        </p>
      </Notice>
    )
  }
  if (confirming) {
    return (
      <Notice tone="info" role="status" title="We are still confirming your payment">
        <p>This page updates by itself; you can also close it and wait for the email.</p>
      </Notice>
    )
  }
  if (!order.can_pay) return null
  return <PayAgain order={order} />
}

function PayAgain({ order }: { order: OrderRead }) {
  const [busy, setBusy] = useState(false)
  const [failure, setFailure] = useState<unknown>()
  const pay = async () => {
    setBusy(true)
    setFailure(undefined)
    try {
      const { data } = await payOrder({
        path: { order_id: order.id },
        headers: orderHeaders(order.id),
        throwOnError: true,
      })
      location.assign(data.url)
    } catch (error) {
      setFailure(error)
      setBusy(false)
    }
  }
  const title = order.payment_declined
    ? 'Your bank did not approve the payment'
    : 'This order is not paid yet'
  return (
    <>
      {failure ? <ErrorPanel title="The payment page could not be opened" error={failure} /> : null}
      <Notice tone="warning" title={title}>
        <p css={{ marginBottom: '0.75rem' }}>
          {order.payment_declined
            ? 'Nothing was charged and your order is kept. Try again or use another card.'
            : 'Your order is kept. Work begins when it is paid.'}
        </p>
        <Button loading={busy} onClick={() => void pay()}>
          {`Pay ${formatMoney(order.total_cents)}`}
        </Button>
      </Notice>
    </>
  )
}
