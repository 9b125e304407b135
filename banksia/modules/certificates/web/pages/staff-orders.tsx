import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
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
  Tag,
  Views,
  formatAddress,
} from '@banksia/kit'
import {
  countDeliveryOptions,
  listOrdersInfiniteOptions,
  type OrderSummary,
  type SavedFilterRead,
} from '../api'
import { Days, daysInWords, daysWanted } from '../components/days'
import { SavedFilters, useSavedFilters } from '../components/saved-filters'
import { ORDER_VIEWS } from '../components/words'
import { ordersSearch, staffOrderPage, staffOrdersPage } from '../staff-routes'

const hrefOf = (order: OrderSummary) => staffOrderPage.href({ params: { orderId: order.id } })

const CAME_BACK = { state: 'mail_came_back', label: 'Mail came back' } as const

/** Every order of the council, paid or not. */
export default function StaffOrdersPage() {
  const { q, state, from, to } = staffOrdersPage.useSearch()
  const setSearch = staffOrdersPage.useSetSearch()
  const wanted = { q: q ?? '', state, ...daysWanted({ from, to }) }
  const counts = useQuery({ ...countDeliveryOptions(), refetchInterval: 60_000 })
  const orders = useInfiniteQuery({
    ...listOrdersInfiniteOptions({ query: { ...wanted, limit: 50 } }),
    ...byCursor,
  })
  const { filters, mayShare } = useSavedFilters('orders')
  const here = staffOrdersPage.href({ search: { q, state, from, to } })
  const shown = filters.find((kept) => savedHref(kept) === here)
  return (
    <StaffPage
      title="Orders"
      actions={
        <ButtonLink size="sm" variant="secondary" href={fileHref('/api/certificates/orders.csv', wanted)}>
          Download as CSV
        </ButtonLink>
      }
      views={
        <Views
          label="Orders"
          views={[
            ...[...ORDER_VIEWS, CAME_BACK].map((view) => ({
              label: view.label,
              href: staffOrdersPage.href({
                search: { ...(shown ? {} : { q, from, to }), state: view.state },
              }),
              count: view === CAME_BACK ? counts.data?.mail_came_back : undefined,
              alert: view === CAME_BACK && Boolean(counts.data?.mail_came_back),
            })),
            ...filters.map((each) => ({ label: each.name, href: savedHref(each) })),
          ]}
          active={here}
        />
      }
    >
      <div css={{ display: 'grid', gap: '0.75rem' }}>
        <FindForm
          label="Find an order"
          button="Find order"
          value={q}
          onFind={(text) => setSearch({ q: text })}
          applied={[q ?? 'All orders', daysInWords({ from, to })].filter(Boolean).join(', ')}
        >
          <Days from={from} to={to} onChange={setSearch} />
        </FindForm>
        <SavedFilters
          search={{ place: 'orders', q, state, ...daysWanted({ from, to }) }}
          narrowed={Boolean(q ?? from ?? to)}
          shown={shown}
          mayShare={mayShare}
        />
        <PagedList
          query={orders}
          failed="The orders could not be loaded"
          empty={
            q
              ? `No order matches ${q}. Try the address, lot, number, firm, name or matter.`
              : state === CAME_BACK.state
                ? 'No mail has come back that somebody has not dealt with.'
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

/** Where a saved filter leads: the address that it was saved from. */
function savedHref({ search }: SavedFilterRead): string {
  if (search.place !== 'orders') return staffOrdersPage.href()
  const { q, state, placed_from_on: from, placed_to_on: to } = search
  return staffOrdersPage.href({ search: ordersSearch.parse({ q, state, from, to }) })
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
              {order.firm_name ?? order.contact_name}
              <span className="detail">
                {[order.firm_name ? order.contact_name : null, order.reference].filter(Boolean).join(', ')}
              </span>
              {order.mail_bounced_at ? <Tag tone="urgent">Mail came back</Tag> : null}
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
