import type { PropsWithChildren } from 'react'
import { type Confirmation, Notice } from '@banksia/kit'
import type { OrderRead, UpgradeRead } from '../api'
import { openPaymentPage } from './open-payment-page'
import { PayAgain } from './pay-again'

interface PaymentNoticeProps {
  order: OrderRead
  confirmation: Confirmation
}

/** What the payment needs from the customer; true at every moment, whatever the address says. */
export function PaymentNotice({ order, confirmation }: PaymentNoticeProps) {
  const again = order.upgrades.find(({ owed_again_cents }) => owed_again_cents > 0)
  if (again && order.money === 'paid')
    return <OwedAgain order={order} upgrade={again} confirmation={confirmation} />
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
  if (confirmation.confirming) return <Confirming />
  const [title, words] = reasonOf(order, confirmation)
  return (
    <PayAgain
      title={title}
      words={words}
      owedCents={order.left_cents}
      surchargeCents={order.card_surcharge_cents}
      paysOnline={order.pays_online}
      number={order.number}
      onPay={() => openPaymentPage(order.id)}
    />
  )
}

/** A difference that is owed again: its certificate waits until then, if it is not issued. */
function OwedAgain({ order, upgrade, confirmation }: PaymentNoticeProps & { upgrade: UpgradeRead }) {
  if (confirmation.confirming) return <Confirming />
  const isWaiting = order.lines.some(({ id, state }) => id === upgrade.line_id && state === 'waiting_for_you')
  return (
    <PayAgain
      title={`The upgrade to ${upgrade.title} has to be paid again`}
      words={`What paid it before did not go through.${isWaiting ? ' Work on it goes on when it is paid.' : ''}`}
      owedCents={upgrade.owed_again_cents}
      surchargeCents={upgrade.card_surcharge_cents}
      paysOnline={upgrade.pays_online}
      number={order.number}
      onPay={() => openPaymentPage(order.id, upgrade.id)}
    />
  )
}

const UPDATES_ITSELF = 'This page updates by itself; you can also close it and wait for the email.'

function Confirming({ children = UPDATES_ITSELF }: PropsWithChildren) {
  return (
    <Notice tone="info" role="status" title="We are still confirming your payment">
      <p>{children}</p>
    </Notice>
  )
}

/** A difference that is being paid, or was not: the certificate is what it was until then. */
function UpgradeNotice({ title, confirmation }: { title: string; confirmation: Confirmation }) {
  if (confirmation.confirming || confirmation.slow) {
    return (
      <Confirming>
        The certificate becomes {title} when it is confirmed. This page updates by itself.
      </Confirming>
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
