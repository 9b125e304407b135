import { useState } from 'react'
import { useQuery } from '@tanstack/react-query'
import { ButtonLink } from '@ag.ds-next/react/button'
import { TextLink } from '@ag.ds-next/react/text-link'
import {
  CounterPayment,
  Facts,
  formatDay,
  formatDayAndTime,
  formatMoney,
  formatParcel,
  Loaded,
  Notice,
  Panel,
  PayLink,
  ReceiptLinks,
  RefundsShown,
  RowList,
  StaffPage,
  Status,
  Sums,
  Timeline,
  UrgentTag,
  useMay,
  formatAddress,
  moneyWords,
} from '@banksia/kit'
import { givePayLink, readOrderOptions, takePayment, type CounterPaymentRead, type OrderRead } from '../api'
import { PayersBank } from '../components/payers-bank'
import { Messages } from '../components/messages'
import { IssuedUnpaid } from '../components/issued-unpaid'
import { detailAndWhen, lineWords } from '../components/words'
import { draftPage, staffOrderPage, staffOrdersPage } from '../staff-routes'

/** An order as staff see it; at the counter its payment is taken here. */
export default function StaffOrderPage() {
  const { orderId } = staffOrderPage.useParams()
  const order = useQuery(readOrderOptions({ path: { order_id: orderId } }))
  if (order.data) return <Order order={order.data} />
  return (
    <StaffPage title="Order" where={<TextLink href={staffOrdersPage.href()}>Orders</TextLink>}>
      <Loaded query={order} failed="The order could not be opened">
        {() => null}
      </Loaded>
    </StaffPage>
  )
}

function Order({ order }: { order: OrderRead }) {
  const mayTake = useMay('certificates.payments.take')
  const [paid, setPaid] = useState<CounterPaymentRead>()
  const owing = mayTake && order.money === 'awaiting_payment' && order.work !== 'cancelled'
  return (
    <StaffPage
      title={`Order ${order.number}`}
      where={<TextLink href={staffOrdersPage.href()}>Orders</TextLink>}
      badge={<Status word={moneyWords[order.money]} />}
      facts={`Placed ${formatDayAndTime(order.placed_at)} ${order.channel === 'counter' ? 'at the counter' : 'online'}${order.reference ? `, ${order.reference}` : ''}`}
      aside={
        <div css={{ display: 'grid', gap: '1.25rem' }}>
          <PayersBank order={order} />
          {paid ? <PaidNotice paid={paid} number={order.number} /> : null}
          {owing && !paid ? (
            <CounterPayment
              dueCents={order.left_cents}
              take={async (parts) => {
                const { data } = await takePayment({
                  path: { order_id: order.id },
                  body: { parts },
                  throwOnError: true,
                })
                return data
              }}
              onPaid={setPaid}
              waiverHref={`/payments/staff/waivers/new?kind=certificates.order&subject=${order.id}`}
            />
          ) : null}
          {order.can_pay && !paid ? <SendPayLink order={order} /> : null}
          <Money order={order} />
          <Panel title="Progress">
            <Timeline
              events={order.timeline.map(({ title, detail, at, due_on, state }) => ({
                title,
                detail: detailAndWhen(
                  detail,
                  at ? formatDayAndTime(at) : due_on ? `Due by ${formatDay(due_on)}` : undefined,
                ),
                state:
                  state === 'done'
                    ? ('done' as const)
                    : state === 'current'
                      ? ('now' as const)
                      : ('ahead' as const),
              }))}
            />
          </Panel>
        </div>
      }
    >
      <div css={{ display: 'grid', gap: '1.25rem' }}>
        <IssuedUnpaid order={order} />
        <Panel title="Customer">
          <Facts
            of={[
              ['Name', <strong key="name">{order.contact.name}</strong>],
              ['Email', order.contact.email ?? 'None: print and collect'],
              order.contact.phone ? ['Phone', order.contact.phone] : null,
              order.reference ? ['Reference', order.reference] : null,
            ]}
          />
        </Panel>
        <Panel title="Certificates" flush>
          <RowList
            inset
            rows={order.lines.map((line) => ({
              key: line.id,
              title: (
                <>
                  {line.state === 'awaiting_payment' ? (
                    <strong>{line.title}</strong>
                  ) : (
                    <TextLink href={draftPage.href({ params: { lineId: line.id } })}>{line.title}</TextLink>
                  )}{' '}
                  {line.urgent ? <UrgentTag /> : null}
                </>
              ),
              detail: `${formatAddress(line.property.address)}, ${formatParcel(line.property.parcel)}, due ${formatDay(line.due_on)}`,
              end: <Status word={lineWords[line.state]} />,
            }))}
          />
        </Panel>
        <Messages orderId={order.id} side="council" />
      </div>
    </StaffPage>
  )
}

function Money({ order }: { order: OrderRead }) {
  return (
    <Panel title="Money">
      <Sums
        sums={order.lines.map((line) => ({ label: line.short_title, cents: line.total_cents }))}
        total={{ label: 'Total', cents: order.total_cents }}
        note={[
          `${formatMoney(order.paid_cents)} paid`,
          order.refunded_cents > 0 ? `${formatMoney(order.refunded_cents)} refunded` : '',
          order.lost_cents > 0 ? `${formatMoney(order.lost_cents)} taken back by a bank` : '',
        ]
          .filter(Boolean)
          .join(', ')}
      />
      <ReceiptLinks receipts={order.receipts} roll />
      <RefundsShown refunds={order.refunds} />
    </Panel>
  )
}

/** For an order by phone: the customer pays online, and nobody reads out a card number. */
function SendPayLink({ order }: { order: OrderRead }) {
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

function PaidNotice({ paid, number }: { paid: CounterPaymentRead; number: string }) {
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
