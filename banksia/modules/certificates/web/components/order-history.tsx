import { TextLink } from '@ag.ds-next/react/text-link'
import {
  DataTable,
  formatAddress,
  formatDay,
  formatParcelShort,
  Money,
  moneyWords,
  RowCard,
  RowList,
  Status,
  type StatusWord,
} from '@banksia/kit'
import type { OrderSummary } from '../api'
import { orderPage } from '../routes'

interface OrderHistoryProps {
  orders: readonly OrderSummary[]
  /** Whoever belongs to a firm reads who placed what. */
  withFirm: boolean
}

/** The orders that a person may see: a list of one's own, a table for a firm. */
export function OrderHistory({ orders, withFirm }: OrderHistoryProps) {
  if (withFirm) return <FirmTable orders={orders} />
  return <RowList stack rows={orders.map(rowOf)} />
}

const hrefOf = (order: OrderSummary) => orderPage.href({ params: { orderId: order.id } })
const titleOf = (order: OrderSummary) => order.addresses.map(formatAddress).join(', ') || order.number
const parcelsOf = (order: OrderSummary) => order.parcels.map(formatParcelShort).join(', ')
const readyOf = (order: OrderSummary) => `${String(order.ready_count)} of ${String(order.line_count)} ready`
/** How far its certificates are, and when the rest is due. */
const stateOf = (order: OrderSummary) =>
  ({
    awaiting_payment: `due by ${formatDay(order.due_on)} if paid in time`,
    in_work: `${readyOf(order)}, due by ${formatDay(order.due_on)}`,
    waiting_for_you: `${readyOf(order)}, the clock stands still until you answer`,
    complete: readyOf(order),
    cancelled: 'nothing more is prepared',
  })[order.work]
/** The word for it; what only money says is said there. */
const wordOf = ({ work, ready_count }: OrderSummary): StatusWord | null =>
  work === 'in_work'
    ? 'Being prepared'
    : work === 'waiting_for_you'
      ? 'Waiting for you'
      : work === 'complete'
        ? ready_count > 0
          ? 'Ready to download'
          : 'Cannot issue'
        : null

function States({ order }: { order: OrderSummary }) {
  const word = wordOf(order)
  return (
    <>
      {word ? <Status word={word} /> : null} <Status word={moneyWords[order.money]} />
    </>
  )
}

const placedBy = (order: OrderSummary) => order.placed_by_name ?? order.contact_name

function FirmTable({ orders }: { orders: readonly OrderSummary[] }) {
  return (
    <DataTable
      caption="Your orders"
      rows={orders}
      rowKey={(order) => order.id}
      rowHref={hrefOf}
      columns={[
        {
          key: 'property',
          header: 'Property',
          cell: (order) => (
            <>
              <TextLink href={hrefOf(order)}>{titleOf(order)}</TextLink>
              <span className="detail">{parcelsOf(order)}</span>
            </>
          ),
        },
        {
          key: 'products',
          header: 'Certificates',
          cell: (order) => (
            <>
              {order.products.join(', ')}
              <span className="detail">{stateOf(order)}</span>
            </>
          ),
        },
        {
          key: 'matter',
          header: 'Matter',
          cell: (order) => (
            <>
              {order.reference ?? 'None'}
              <span className="detail">{order.number}</span>
            </>
          ),
        },
        {
          key: 'placed',
          header: 'Placed by',
          cell: (order) => (
            <>
              {placedBy(order)}
              <span className="detail">
                {formatDay(order.placed_at)}
                {order.firm_name ? `, ${order.firm_name}` : ''}
              </span>
            </>
          ),
        },
        {
          key: 'total',
          header: 'Total',
          align: 'right',
          cell: (order) => <Money cents={order.total_cents} />,
        },
        {
          key: 'money',
          header: 'State',
          width: '12rem',
          cell: (order) => <States order={order} />,
        },
      ]}
      card={(order) => (
        <RowCard
          top={formatDay(order.placed_at)}
          topEnd={<Money cents={order.total_cents} />}
          title={<TextLink href={hrefOf(order)}>{titleOf(order)}</TextLink>}
          detail={
            <>
              {order.products.join(', ')}, {stateOf(order)}
              <br />
              Placed by {placedBy(order)}
              {order.firm_name ? ` for ${order.firm_name}` : ''}
            </>
          }
          start={[order.number, order.reference].filter(Boolean).join(', ')}
          end={<States order={order} />}
        />
      )}
    />
  )
}

function rowOf(order: OrderSummary) {
  return {
    key: order.id,
    title: <TextLink href={hrefOf(order)}>{titleOf(order)}</TextLink>,
    detail: (
      <>
        {parcelsOf(order)}. {order.products.join(', ')}
        <br />
        Order {order.number}
        {order.reference ? `, matter ${order.reference}` : ''}, placed {formatDay(order.placed_at)},{' '}
        {stateOf(order)}
      </>
    ),
    end: (
      <>
        <Money cents={order.total_cents} />
        <States order={order} />
      </>
    ),
  }
}
