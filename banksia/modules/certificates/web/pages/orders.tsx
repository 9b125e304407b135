import { useState } from 'react'
import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query'
import { Button } from '@ag.ds-next/react/button'
import { TextInput } from '@ag.ds-next/react/text-input'
import { TextLink } from '@ag.ds-next/react/text-link'
import {
  CustomerPage,
  EmptyState,
  ErrorPanel,
  formatDay,
  formatParcelShort,
  MoreButton,
  Money,
  Notice,
  RowList,
  SkeletonRows,
  Status,
  Views,
  formatAddress,
} from '@banksia/kit'
import { claimOrdersMutation, listOrdersInfiniteOptions, type OrderSummary } from '../api'
import { moneyWords } from '../components/words'
import { homePage, orderPage, ordersPage } from '../routes'

const VIEWS = [
  { state: 'all', label: 'All' },
  { state: 'open', label: 'In progress' },
  { state: 'complete', label: 'Complete' },
  { state: 'cancelled', label: 'Cancelled' },
] as const

/** The history of an account: found by address, lot, reference or number. */
export default function OrdersPage() {
  const { q, state } = ordersPage.useSearch()
  const setSearch = ordersPage.useSetSearch()
  const [typed, setTyped] = useState(q ?? '')
  const orders = useInfiniteQuery({
    ...listOrdersInfiniteOptions({ query: { q: q ?? '', state, limit: 20 } }),
    initialPageParam: '',
    getNextPageParam: (last) => last.next_cursor ?? undefined,
  })
  const rows = orders.data?.pages.flatMap((page) => page.results) ?? []
  return (
    <CustomerPage title="Your orders" wide>
      <Claim />
      <form
        role="search"
        onSubmit={(event) => {
          event.preventDefault()
          setSearch({ q: typed.trim() || undefined })
        }}
        css={{ display: 'flex', flexWrap: 'wrap', gap: '0.75rem', alignItems: 'end' }}
      >
        <TextInput
          label="Find an order"
          hideOptionalLabel
          value={typed}
          onChange={(event) => {
            setTyped(event.target.value)
          }}
          hint="Address, lot, your reference or order number"
        />
        <Button type="submit" variant="secondary">
          Find order
        </Button>
      </form>
      <Views
        label="Orders"
        views={VIEWS.map((view) => ({
          label: view.label,
          href: ordersPage.href({ search: { q, state: view.state } }),
        }))}
        active={ordersPage.href({ search: { q, state } })}
      />
      {orders.isError ? (
        <ErrorPanel
          title="Your orders could not be loaded"
          error={orders.error}
          onRetry={() => void orders.refetch()}
        />
      ) : null}
      {orders.isPending ? <SkeletonRows /> : null}
      {orders.isSuccess && rows.length === 0 ? (
        <EmptyState action={<TextLink href={homePage.href()}>Order a certificate</TextLink>}>
          {q ? `No order matches ${q}.` : 'You have no orders here.'}
        </EmptyState>
      ) : null}
      <RowList stack rows={rows.map(rowOf)} />
      {rows.length > 0 ? <MoreButton query={orders} shown={`${String(rows.length)} orders shown`} /> : null}
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
