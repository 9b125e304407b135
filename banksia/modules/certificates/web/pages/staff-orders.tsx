import { useInfiniteQuery } from '@tanstack/react-query'
import { ButtonLink } from '@ag.ds-next/react/button'
import { TextLink } from '@ag.ds-next/react/text-link'
import {
  byCursor,
  DataTable,
  fileHref,
  FindForm,
  formatDay,
  formatParcelShort,
  Money,
  moneyWords,
  PagedList,
  RowCard,
  StaffPage,
  Status,
  Views,
  formatAddress,
} from '@banksia/kit'
import { listOrdersInfiniteOptions, type OrderSummary } from '../api'
import { ORDER_VIEWS } from '../components/words'
import { staffOrderPage, staffOrdersPage } from '../staff-routes'

const hrefOf = (order: OrderSummary) => staffOrderPage.href({ params: { orderId: order.id } })

/** Every order of the council, paid or not. */
export default function StaffOrdersPage() {
  const { q, state } = staffOrdersPage.useSearch()
  const setSearch = staffOrdersPage.useSetSearch()
  const orders = useInfiniteQuery({
    ...listOrdersInfiniteOptions({ query: { q: q ?? '', state, limit: 50 } }),
    ...byCursor,
  })
  return (
    <StaffPage
      title="Orders"
      actions={
        <ButtonLink
          size="sm"
          variant="secondary"
          href={fileHref('/api/certificates/orders.csv', { q: q ?? '', state })}
        >
          Download as CSV
        </ButtonLink>
      }
      views={
        <Views
          label="Orders"
          views={ORDER_VIEWS.map((view) => ({
            label: view.label,
            href: staffOrdersPage.href({ search: { q, state: view.state } }),
          }))}
          active={staffOrdersPage.href({ search: { q, state } })}
        />
      }
    >
      <div css={{ display: 'grid', gap: '0.75rem' }}>
        <FindForm
          label="Find an order"
          button="Find order"
          value={q}
          onFind={(text) => setSearch({ q: text })}
          applied={q ?? 'All orders'}
        />
        <PagedList
          query={orders}
          failed="The orders could not be loaded"
          empty={
            q
              ? `No order matches ${q}. Try the address, lot, number, name or reference.`
              : 'There are no orders here.'
          }
          shown={['order', 'orders']}
        >
          {(rows) => <OrderTable rows={rows} />}
        </PagedList>
      </div>
    </StaffPage>
  )
}

function OrderTable({ rows }: { rows: readonly OrderSummary[] }) {
  return (
    <DataTable
      caption="Orders"
      rows={rows}
      rowKey={(order) => order.id}
      rowHref={hrefOf}
      columns={[
        {
          key: 'number',
          header: 'Order',
          width: '10rem',
          cell: (order) => (
            <>
              <TextLink href={hrefOf(order)}>{order.number}</TextLink>
              <span className="detail">{formatDay(order.placed_at)}</span>
            </>
          ),
        },
        {
          key: 'property',
          header: 'Property',
          cell: (order) => (
            <>
              {order.addresses.map(formatAddress).join(', ')}
              <span className="detail">{order.parcels.map(formatParcelShort).join(', ')}</span>
            </>
          ),
        },
        {
          key: 'products',
          header: 'Certificates',
          cell: (order) => (
            <>
              {order.products.join(', ')}
              <span className="detail">{`${String(order.ready_count)} of ${String(order.line_count)} issued, due ${formatDay(order.due_on)}`}</span>
            </>
          ),
        },
        {
          key: 'customer',
          header: 'Customer',
          wideOnly: true,
          cell: (order) => (
            <>
              {order.contact_name}
              <span className="detail">{order.reference}</span>
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
          header: 'Money',
          width: '10rem',
          cell: (order) => <Status word={moneyWords[order.money]} />,
        },
      ]}
      card={(order) => (
        <RowCard
          top={formatDay(order.placed_at)}
          topEnd={<Money cents={order.total_cents} />}
          title={
            <TextLink href={hrefOf(order)}>
              {order.addresses.map(formatAddress).join(', ') || order.number}
            </TextLink>
          }
          detail={order.products.join(', ')}
          start={order.number}
          end={<Status word={moneyWords[order.money]} />}
        />
      )}
    />
  )
}
