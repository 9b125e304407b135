import { useState } from 'react'
import { useQuery } from '@tanstack/react-query'
import { TextLink } from '@ag.ds-next/react/text-link'
import {
  Facts,
  formatDay,
  formatDayAndTime,
  formatParcel,
  Loaded,
  loadedLate,
  Panel,
  RowList,
  StaffPage,
  Status,
  Tag,
  Timeline,
  UrgentTag,
  useMay,
  useShortcuts,
  formatAddress,
  moneyWords,
} from '@banksia/kit'
import { readOrderOptions, type CounterPaymentRead, type OrderRead } from '../api'
import { CancelPaid } from '../components/cancel-paid'
import { Delivery } from '../components/delivery'
import { HandOver } from '../components/hand-over'
import { IssuedUnpaid } from '../components/issued-unpaid'
import { MailCameBack } from '../components/mail-came-back'
import { Messages } from '../components/messages'
import { OrderMoney, PaidNotice, SendPayLink } from '../components/order-money'
import { PayersBank } from '../components/payers-bank'
import { lineWords, timelineEvent } from '../components/words'
import { draftPage, staffOrderPage, staffOrdersPage } from '../staff-routes'

// Most orders that are opened are paid: what takes money is loaded for those that are not.
const TakeAtCounter = loadedLate(() => import('../components/take-at-counter'))

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
  useShortcuts([
    { key: 'p', label: 'Go to the payment', run: () => goTo('aside input') },
    { key: 'h', label: 'Go to what is handed over', run: () => goTo('#hand-over a') },
    { key: 'm', label: 'Go to the messages', run: () => goTo('#messages textarea') },
  ])
  const owing = mayTake && order.money === 'awaiting_payment' && order.work !== 'cancelled'
  return (
    <StaffPage
      title={`Order ${order.number}`}
      where={<TextLink href={staffOrdersPage.href()}>Orders</TextLink>}
      badge={<Status word={moneyWords[order.money]} />}
      facts={`Placed ${formatDayAndTime(order.placed_at)} ${order.channel === 'counter' ? 'at the counter' : 'online'}${order.reference ? `, matter ${order.reference}` : ''}`}
      aside={
        <div css={{ display: 'grid', gap: '1.25rem' }}>
          <PayersBank order={order} />
          {paid ? <PaidNotice paid={paid} number={order.number} /> : null}
          {owing && !paid ? <TakeAtCounter order={order} onPaid={setPaid} /> : null}
          {order.can_pay && !paid ? <SendPayLink order={order} /> : null}
          <OrderMoney order={order} />
          <Panel title="Progress">
            <Timeline events={order.timeline.map(timelineEvent)} />
          </Panel>
        </div>
      }
    >
      <div css={{ display: 'grid', gap: '1.25rem' }}>
        <IssuedUnpaid order={order} />
        <MailCameBack orderId={order.id} />
        <HandOver order={order} />
        <Panel title="Customer">
          <Facts
            of={[
              ['Name', <strong key="name">{order.contact.name}</strong>],
              ['Email', order.contact.email ?? 'None: print and collect'],
              order.contact.phone ? ['Phone', order.contact.phone] : null,
              order.firm_name ? ['Firm', <strong key="firm">{order.firm_name}</strong>] : null,
              order.firm_name && order.placed_by_name ? ['Placed by', order.placed_by_name] : null,
              order.reference ? ['Matter number', order.reference] : null,
            ]}
          />
        </Panel>
        <Panel title="Certificates" flush>
          <RowList
            inset
            stack
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
              detail: (
                <>
                  {`${formatAddress(line.property.address)}, ${formatParcel(line.property.parcel)}, due ${formatDay(line.due_on)}${line.override_reason ? `. Ordered for a historic lot: ${line.override_reason}` : ''}`}
                  {line.straight_through ? <p>{line.straight_through.words}</p> : null}
                </>
              ),
              end: (
                <>
                  <Collected line={line} />
                  <Status word={lineWords[line.state]} />
                </>
              ),
            }))}
          />
        </Panel>
        <Delivery order={order} />
        <Messages orderId={order.id} side="council" />
        <CancelPaid order={order} />
      </div>
    </StaffPage>
  )
}

const goTo = (place: string) => {
  document.querySelector<HTMLElement>(place)?.focus()
}

function Collected({ line }: { line: OrderRead['lines'][number] }) {
  if (!line.collects) return null
  return <Tag>{line.collected_at ? `Collected ${formatDay(line.collected_at)}` : 'To be collected'}</Tag>
}
