import { useEffect } from 'react'
import { TextLink } from '@ag.ds-next/react/text-link'
import {
  type Confirmation,
  CustomerPage,
  formatParcel,
  Loaded,
  Panel,
  PayLink,
  ReceiptLinks,
  RefundsShown,
  Status,
  Sums,
  Timeline,
  useUser,
  formatAddress,
  moneyWords,
} from '@banksia/kit'
import { givePayLink, type OrderRead } from '../api'
import { CertificateRows, DownloadAll } from '../components/certificate-rows'
import { CancelOrder, Upgrades } from '../components/change-order'
import { forgetLastOrder } from '../components/last-order'
import { Messages } from '../components/messages'
import { orderHeaders } from '../components/order-token'
import { owedAgainCents } from '../components/owed-again'
import { PaymentNotice } from '../components/payment-notice'
import { useOrder } from '../components/use-order'
import { timelineEvent } from '../components/words'
import { orderPage, ordersPage, trackPage } from '../routes'

/** An order: what it needs from the customer, each certificate, how far it is, what was paid. */
export default function OrderPage() {
  const { orderId } = orderPage.useParams()
  const { payment } = orderPage.useSearch()
  const { query, confirmation } = useOrder(orderId, payment)
  if (query.data) return <Order order={query.data} confirmation={confirmation} />
  return (
    <CustomerPage title="Your order">
      <Loaded query={query} failed="The order could not be opened">
        {() => null}
      </Loaded>
      {query.isError ? (
        <p>
          Open the link in the email about this order, or{' '}
          <TextLink href={trackPage.href()}>ask for a new link</TextLink>.
        </p>
      ) : null}
    </CustomerPage>
  )
}

function Order({ order, confirmation }: { order: OrderRead; confirmation: Confirmation }) {
  const user = useUser()
  useEffect(() => {
    if (!order.can_pay) forgetLastOrder(order.id)
  }, [order.can_pay, order.id])
  const first = order.lines[0]?.property
  const ready = order.lines.filter(({ state }) => state === 'ready').length
  return (
    <CustomerPage
      title={first ? formatAddress(first.address) : `Order ${order.number}`}
      where={
        <>
          {user?.kind === 'customer' ? (
            <>
              <TextLink href={ordersPage.href()}>Back to all orders</TextLink>
              <br />
            </>
          ) : null}
          Order {order.number}
          {order.reference ? `, matter ${order.reference}` : ''}
          {order.firm_name ? `. For ${order.firm_name}` : ''}
          {order.firm_name && order.placed_by_name ? `, placed by ${order.placed_by_name}` : ''}
        </>
      }
      lead={
        first
          ? `${formatParcel(first.parcel)}${first.assessment ? `, assessment ${first.assessment}` : ''}`
          : undefined
      }
      alert={<PaymentNotice order={order} confirmation={confirmation} />}
      aside={
        <div css={{ display: 'grid', gap: '1.5rem' }}>
          <Panel title="Progress">
            <Timeline events={order.timeline.map(timelineEvent)} />
          </Panel>
          <Payment order={order} />
          {order.can_pay && !confirmation.confirming ? <SomebodyElse order={order} /> : null}
          {order.contact.email ? <p>We email {order.contact.email} at each step.</p> : null}
        </div>
      }
    >
      <div css={{ display: 'grid', gap: '1.5rem' }}>
        <Panel
          title="Certificates"
          hint={`${String(ready)} of ${String(order.lines.length)} ready`}
          action={<DownloadAll order={order} />}
          flush
        >
          <CertificateRows order={order} />
        </Panel>
        <Upgrades order={order} />
        <Messages orderId={order.id} side="customer" />
        <CancelOrder order={order} />
      </div>
    </CustomerPage>
  )
}

function Payment({ order }: { order: OrderRead }) {
  const paid = order.paid_cents + order.surcharge_cents
  const again = owedAgainCents(order)
  const lines = order.lines.map((line) => ({
    label: line.urgent ? `${line.short_title}, urgent` : line.short_title,
    cents: line.total_cents,
  }))
  if (order.surcharge_cents > 0) lines.push({ label: 'Surcharge', cents: order.surcharge_cents })
  return (
    <Panel
      title="Payment"
      action={<Status word={moneyWords[again > 0 ? 'awaiting_payment' : order.money]} />}
    >
      <Sums
        sums={lines}
        total={{
          label: order.left_cents + again === 0 && paid > 0 ? 'Total paid' : 'Total',
          cents: order.total_cents + order.surcharge_cents,
        }}
        note={order.gst_cents > 0 ? 'Includes GST, shown on the receipt.' : 'No GST applies'}
      />
      <ReceiptLinks receipts={order.receipts} totalCents={order.total_cents + order.surcharge_cents} />
      <RefundsShown refunds={order.refunds} />
    </Panel>
  )
}

/** The firm's client, or a purchaser, pays without seeing the order. */
function SomebodyElse({ order }: { order: OrderRead }) {
  return (
    <PayLink
      title="Let someone else pay"
      ask={async (wanted) => {
        const { data } = await givePayLink({
          path: { order_id: order.id },
          headers: orderHeaders(order.id),
          body: wanted,
          throwOnError: true,
        })
        return data
      }}
    />
  )
}
