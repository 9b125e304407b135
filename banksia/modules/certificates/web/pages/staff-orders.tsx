import { useState } from 'react'
import { useInfiniteQuery } from '@tanstack/react-query'
import { Button } from '@ag.ds-next/react/button'
import { TextInput } from '@ag.ds-next/react/text-input'
import { TextLink } from '@ag.ds-next/react/text-link'
import {
  DataTable,
  EmptyState,
  ErrorPanel,
  Filters,
  formatDay,
  formatParcelShort,
  MoreButton,
  Money,
  RowCard,
  SkeletonRows,
  StaffPage,
  Status,
  Views,
  formatAddress,
} from '@banksia/kit'
import { listOrdersInfiniteOptions, type OrderSummary } from '../api'
import { moneyWords } from '../components/words'
import { staffOrderPage, staffOrdersPage } from '../staff-routes'

const VIEWS = [
  { state: 'all', label: 'All' },
  { state: 'open', label: 'In progress' },
  { state: 'complete', label: 'Complete' },
  { state: 'cancelled', label: 'Cancelled' },
] as const

const hrefOf = (order: OrderSummary) => staffOrderPage.href({ params: { orderId: order.id } })

/** Every order of the council, paid or not. */
export default function StaffOrdersPage() {
  const { q, state } = staffOrdersPage.useSearch()
  const setSearch = staffOrdersPage.useSetSearch()
  const [typed, setTyped] = useState(q ?? '')
  const orders = useInfiniteQuery({
    ...listOrdersInfiniteOptions({ query: { q: q ?? '', state, limit: 50 } }),
    initialPageParam: '',
    getNextPageParam: (last) => last.next_cursor ?? undefined,
  })
  const rows = orders.data?.pages.flatMap((page) => page.results) ?? []
  return (
    <StaffPage
      title="Orders"
      views={
        <Views
          label="Orders"
          views={VIEWS.map((view) => ({
            label: view.label,
            href: staffOrdersPage.href({ search: { q, state: view.state } }),
          }))}
          active={staffOrdersPage.href({ search: { q, state } })}
        />
      }
    >
      <div css={{ display: 'grid', gap: '0.75rem' }}>
        <form
          role="search"
          onSubmit={(event) => {
            event.preventDefault()
            setSearch({ q: typed.trim() || undefined })
          }}
        >
          <Filters applied={q ?? 'All orders'}>
            <TextInput
              label="Find an order"
              hideOptionalLabel
              value={typed}
              onChange={(event) => {
                setTyped(event.target.value)
              }}
            />
            <Button type="submit" variant="secondary" size="sm">
              Find order
            </Button>
          </Filters>
        </form>
        {orders.isError ? (
          <ErrorPanel
            title="The orders could not be loaded"
            error={orders.error}
            onRetry={() => void orders.refetch()}
          />
        ) : null}
        {orders.isPending ? <SkeletonRows /> : null}
        {orders.isSuccess && rows.length === 0 ? (
          <EmptyState>
            {q
              ? `No order matches ${q}. Try the address, lot, number, name or reference.`
              : 'There are no orders here.'}
          </EmptyState>
        ) : null}
        {rows.length > 0 ? <OrderTable rows={rows} /> : null}
        {rows.length > 0 ? <MoreButton query={orders} shown={`${String(rows.length)} orders shown`} /> : null}
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
