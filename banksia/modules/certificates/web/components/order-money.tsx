import { ButtonLink } from '@ag.ds-next/react/button'
import { formatMoney, Notice, Panel, PayLink, ReceiptLinks, RefundsShown, Sums, useMay } from '@banksia/kit'
import { givePayLink, type CounterPaymentRead, type OrderRead } from '../api'
import { owedAgainCents } from './owed-again'

/** What an order costs and how far it is paid, for staff. */
export function OrderMoney({ order }: { order: OrderRead }) {
  const again = owedAgainCents(order)
  return (
    <Panel title="Money">
      <Sums
        sums={order.lines.map((line) => ({
          label: line.urgent ? `${line.short_title}, urgent` : line.short_title,
          cents: line.total_cents,
        }))}
        total={{ label: 'Total', cents: order.total_cents }}
        note={[
          `${formatMoney(order.paid_cents)} paid`,
          order.refunded_cents > 0 ? `${formatMoney(order.refunded_cents)} refunded` : '',
          order.kept_cents ? `${formatMoney(order.kept_cents)} kept for handling` : '',
          again > 0 ? `${formatMoney(again)} to be paid again` : '',
          order.lost_cents > 0 ? `${formatMoney(order.lost_cents)} taken back by a bank` : '',
        ]
          .filter(Boolean)
          .join(', ')}
      />
      <ReceiptLinks receipts={order.receipts} totalCents={order.total_cents + order.surcharge_cents} roll />
      <RefundsShown refunds={order.refunds} />
    </Panel>
  )
}

/** For an order by phone: the customer pays online, and nobody reads out a card number. */
export function SendPayLink({ order }: { order: OrderRead }) {
  const may = useMay('payments.links.send')
  if (!may) return null
  return (
    <PayLink
      title="Send a pay link"
      email={order.contact.email ?? ''}
      ask={async (wanted) => {
        const { data } = await givePayLink({
          path: { order_id: order.id },
          body: wanted,
          throwOnError: true,
        })
        return data
      }}
    />
  )
}

export function PaidNotice({ paid, number }: { paid: CounterPaymentRead; number: string }) {
  return (
    <Notice tone="success" role="status" title={`Order ${number} is paid`}>
      {paid.change_cents > 0 ? <p>Give {formatMoney(paid.change_cents)} change.</p> : null}
      {paid.receipt ? (
        <p css={{ marginTop: '0.5rem' }}>
          <ButtonLink href={paid.receipt.path} target="_blank" rel="noreferrer" size="sm">
            {`Print receipt ${paid.receipt.number}`}
          </ButtonLink>{' '}
          <ButtonLink
            href={`${paid.receipt.path}?paper=roll`}
            target="_blank"
            rel="noreferrer"
            size="sm"
            variant="secondary"
          >
            Print on 80 mm
          </ButtonLink>
        </p>
      ) : null}
    </Notice>
  )
}
