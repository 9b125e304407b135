import { useState } from 'react'
import { ActionButton, type Confirmation, ErrorPanel, formatMoney, Notice } from '@banksia/kit'
import { payOrder, type OrderRead } from '../api'
import { orderHeaders } from './order-token'

interface PaymentNoticeProps {
  order: OrderRead
  confirmation: Confirmation
}

/** What the payment needs from the customer; true at every moment, whatever the address says. */
export function PaymentNotice({ order, confirmation }: PaymentNoticeProps) {
  const upgrade = order.upgrades.find(({ state }) => state === 'awaiting_payment')
  if (upgrade && order.money === 'paid')
    return <UpgradeNotice title={upgrade.title} confirmation={confirmation} />
  if (order.work === 'cancelled' && order.kept_cents !== null) {
    return (
      <Notice tone="info" title="This order was cancelled">
        <p>Nothing more happens. How the money comes back stands under Payment.</p>
      </Notice>
    )
  }
  const told = TOLD[order.money]
  if (told)
    return (
      <Notice tone={told.tone} title={told.title}>
        <p>{told.words}</p>
      </Notice>
    )
  if (order.money !== 'awaiting_payment' || !order.can_pay) return null
  if (order.at_counter) {
    return (
      <Notice tone="info" role="status" title="This order is being paid at the counter">
        <p>
          A clerk is taking the payment at this moment. If it is not finished, you can pay in two minutes.
        </p>
      </Notice>
    )
  }
  if (confirmation.confirming) {
    return (
      <Notice tone="info" role="status" title="We are still confirming your payment">
        <p>This page updates by itself; you can also close it and wait for the email.</p>
      </Notice>
    )
  }
  return <PayAgain order={order} confirmation={confirmation} />
}

/** A difference that is being paid, or was not: the certificate is what it was until then. */
function UpgradeNotice({ title, confirmation }: { title: string; confirmation: Confirmation }) {
  if (confirmation.confirming || confirmation.slow) {
    return (
      <Notice tone="info" role="status" title="We are still confirming your payment">
        <p>The certificate becomes {title} when it is confirmed. This page updates by itself.</p>
      </Notice>
    )
  }
  return (
    <Notice tone="info" title={`The upgrade to ${title} is not paid`}>
      <p>Your order goes on as you placed it. You can still pay the difference below, until work starts.</p>
    </Notice>
  )
}

const TOLD: Partial<Record<OrderRead['money'], { tone: 'info' | 'warning'; title: string; words: string }>> =
  {
    needs_review: {
      tone: 'warning',
      title: 'Council is checking your payment',
      words:
        'It does not match the order. Council writes to you when it is settled. There is nothing to pay again.',
    },
    expired: {
      tone: 'warning',
      title: 'This order was not paid in time',
      words: 'Nothing was charged and no work was done. Place the order again if you still need it.',
    },
    cancelled: {
      tone: 'info',
      title: 'This order was cancelled',
      words: 'There is nothing to pay, and nothing more happens.',
    },
    refunded: {
      tone: 'info',
      title: 'This order was refunded',
      words: 'How the money comes back stands under Payment.',
    },
  }

/** Why it is not paid yet, in the words of what happened. */
function reasonOf(order: OrderRead, { slow, failed }: Confirmation): [title: string, words: string] {
  if (order.payment_declined)
    return [
      'Your bank did not approve the payment',
      'Nothing was charged and your order is kept. Try again or use another card.',
    ]
  if (slow)
    return [
      'The payment is not confirmed yet',
      'If you paid on the payment page, wait: this page updates by itself. If you did not, pay now; the earlier page is closed first.',
    ]
  if (failed)
    return [
      'The payment page closed before it was paid',
      'Nothing was charged and your order is kept. Try again when you are ready.',
    ]
  if (order.paid_cents > 0)
    return ['A part of this order is to be paid again', 'What paid it before did not go through.']
  return ['This order is not paid yet', 'Your order is kept. Work begins when it is paid.']
}

function PayAgain({ order, confirmation }: PaymentNoticeProps) {
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
  const [title, words] = reasonOf(order, confirmation)
  const sum = order.left_cents + order.card_surcharge_cents
  return (
    <>
      {failure ? <ErrorPanel title="The payment page could not be opened" error={failure} /> : null}
      <Notice tone="warning" title={title}>
        <p css={{ marginBottom: '0.75rem' }}>
          {words}
          {order.card_surcharge_cents > 0
            ? ` By card it is ${formatMoney(order.left_cents)} and a surcharge of ${formatMoney(order.card_surcharge_cents)}.`
            : ''}
        </p>
        {order.pays_online ? (
          <ActionButton loading={busy} onClick={() => void pay()}>
            {`Pay ${formatMoney(sum)}`}
          </ActionButton>
        ) : (
          <p>{`Pay ${formatMoney(order.left_cents)} at the council’s counter and give the number ${order.number}.`}</p>
        )}
      </Notice>
    </>
  )
}
