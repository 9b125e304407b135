import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query'
import { Button } from '@ag.ds-next/react/button'
import { TextLink } from '@ag.ds-next/react/text-link'
import {
  byCursor,
  CustomerPage,
  fileHref,
  FindForm,
  formatDay,
  formatParcelShort,
  Money,
  moneyWords,
  Notice,
  PagedList,
  RowList,
  Status,
  Views,
  formatAddress,
} from '@banksia/kit'
import { claimOrdersMutation, listOrdersInfiniteOptions, type OrderSummary } from '../api'
import { ORDER_VIEWS } from '../components/words'
import { homePage, orderPage, ordersPage } from '../routes'

/** The history of an account: found by address, lot, reference or number. */
export default function OrdersPage() {
  const { q, state } = ordersPage.useSearch()
  const setSearch = ordersPage.useSetSearch()
  const orders = useInfiniteQuery({
    ...listOrdersInfiniteOptions({ query: { q: q ?? '', state, limit: 20 } }),
    ...byCursor,
  })
  return (
    <CustomerPage title="Your orders" wide>
      <Claim />
      <FindForm
        label="Find an order"
        button="Find order"
        value={q}
        onFind={(text) => setSearch({ q: text })}
        hint="Address, lot, your reference or order number"
      />
      <Views
        label="Orders"
        views={ORDER_VIEWS.map((view) => ({
          label: view.label,
          href: ordersPage.href({ search: { q, state: view.state } }),
        }))}
        active={ordersPage.href({ search: { q, state } })}
      />
      <PagedList
        query={orders}
        failed="Your orders could not be loaded"
        empty={q ? `No order matches ${q}.` : 'You have no orders here.'}
        emptyAction={<TextLink href={homePage.href()}>Order a certificate</TextLink>}
        shown={['order', 'orders']}
      >
        {(rows) => (
          <>
            <RowList stack rows={rows.map(rowOf)} />
            <p>
              <TextLink href={fileHref('/api/certificates/orders.csv', { q: q ?? '', state })}>
                Download this list for a spreadsheet (CSV)
              </TextLink>
            </p>
          </>
        )}
      </PagedList>
    </CustomerPage>
  )
}

function rowOf(order: OrderSummary) {
  const where = order.addresses.map(formatAddress).join(', ')
  return {
    key: order.id,
    title: (
      <TextLink href={orderPage.href({ params: { orderId: order.id } })}>{where || order.number}</TextLink>
    ),
    detail: (
      <>
        {order.parcels.map(formatParcelShort).join(', ')}. {order.products.join(', ')}
        <br />
        Order {order.number}
        {order.reference ? `, ${order.reference}` : ''}, placed {formatDay(order.placed_at)}
        {order.ready_count > 0
          ? `, ${String(order.ready_count)} of ${String(order.line_count)} ready`
          : `, due by ${formatDay(order.due_on)}`}
      </>
    ),
    end: (
      <>
        <Money cents={order.total_cents} />
        <Status word={moneyWords[order.money]} />
      </>
    ),
  }
}

/** Orders placed as a guest with the same address come into the account when asked for. */
function Claim() {
  const queryClient = useQueryClient()
  const claim = useMutation({ ...claimOrdersMutation(), onSuccess: () => queryClient.invalidateQueries() })
  if (claim.isSuccess) {
    const { numbers } = claim.data
    return (
      <Notice
        tone={numbers.length > 0 ? 'success' : 'info'}
        role="status"
        title={
          numbers.length > 0
            ? `Added to your account: ${numbers.join(', ')}`
            : 'No other order carries your email address'
        }
      />
    )
  }
  return (
    <p>
      Ordered without signing in?{' '}
      <Button
        variant="text"
        loading={claim.isPending}
        onClick={() => {
          claim.mutate({ body: {} })
        }}
      >
        Add orders that carry your email address
      </Button>
    </p>
  )
}
