import { useInfiniteQuery } from '@tanstack/react-query'
import { Select } from '@ag.ds-next/react/select'
import { TextLink } from '@ag.ds-next/react/text-link'
import {
  byCursor,
  CustomerPage,
  fileHref,
  FindForm,
  type Firm,
  PagedList,
  PHONE,
  useFirms,
  useUser,
  Views,
} from '@banksia/kit'
import { listOrdersInfiniteOptions } from '../api'
import { ClaimOrders } from '../components/claim-orders'
import { Days, daysInWords, daysWanted } from '../components/days'
import { OrderHistory } from '../components/order-history'
import { SELF } from '../components/whom-for'
import { ORDER_VIEWS } from '../components/words'
import { bulkPage, homePage, ordersPage } from '../routes'

/** The history of an account and of its firms: found by address, lot, matter, number, day, firm and who placed it. */
export default function OrdersPage() {
  const search = ordersPage.useSearch()
  const { q, state, from, to, whose, by } = search
  const setSearch = ordersPage.useSetSearch()
  const firms = useFirms() ?? []
  const wanted = {
    q: q ?? '',
    state,
    ...daysWanted({ from, to }),
    ...(whose === SELF ? { own: true } : whose ? { firm_id: whose } : {}),
    ...(by ? { placed_by_id: by } : {}),
  }
  const orders = useInfiniteQuery({
    ...listOrdersInfiniteOptions({ query: { ...wanted, limit: 20 } }),
    ...byCursor,
  })
  const narrowed = q ?? daysInWords({ from, to }) ?? whose ?? by
  return (
    <CustomerPage
      title="Your orders"
      wide
      actions={<TextLink href={bulkPage.href()}>Order from a list</TextLink>}
    >
      <ClaimOrders />
      <FindForm
        label="Find an order"
        button="Find order"
        value={q}
        onFind={(text) => setSearch({ q: text })}
        hint="Address, lot, matter, or number of order or certificate"
      />
      <div
        css={{
          display: 'grid',
          gridTemplateColumns: 'repeat(auto-fill, minmax(9.5rem, 12rem))',
          gap: '0.75rem',
          [PHONE]: { gridTemplateColumns: 'repeat(2, minmax(0, 1fr))' },
        }}
      >
        <Days from={from} to={to} onChange={setSearch} />
        {firms.length > 0 ? <WhoseOrders firms={firms} whose={whose} by={by} onChange={setSearch} /> : null}
      </div>
      <Views
        label="Orders"
        views={ORDER_VIEWS.map((view) => ({
          label: view.label,
          href: ordersPage.href({ search: { ...search, state: view.state } }),
        }))}
        active={ordersPage.href({ search })}
      />
      <PagedList
        query={orders}
        failed="Your orders could not be loaded"
        empty={
          narrowed ? 'No order matches. Take away a filter, or search for less.' : 'You have no orders here.'
        }
        emptyAction={<TextLink href={homePage.href()}>Order a certificate</TextLink>}
        shown={['order', 'orders']}
      >
        {(rows) => (
          <>
            <OrderHistory orders={rows} withFirm={firms.length > 0} />
            <p>
              <TextLink href={fileHref('/api/certificates/orders.csv', wanted)}>
                Download this list for a spreadsheet (CSV)
              </TextLink>
            </p>
          </>
        )}
      </PagedList>
    </CustomerPage>
  )
}

interface WhoseOrdersProps {
  firms: readonly Firm[]
  whose: string | undefined
  by: string | undefined
  onChange: (changed: { whose?: string | undefined; by?: string | undefined }) => void
}

/** For members of a firm: whose orders, and who placed them. */
function WhoseOrders({ firms, whose, by, onChange }: WhoseOrdersProps) {
  const user = useUser()
  const people = new Map<string, string>()
  for (const firm of firms) {
    if (whose && whose !== firm.id) continue
    for (const { user_id, name, has_left } of firm.people) {
      people.set(user_id, has_left ? `${name} (left)` : name)
    }
  }
  if (user) people.set(user.id, user.name)
  return (
    <>
      <Select
        block
        label="Ordered for"
        hideOptionalLabel
        value={whose ?? ''}
        onChange={(event) => {
          onChange({ whose: event.target.value || undefined, by: undefined })
        }}
        options={[
          { value: '', label: 'Everyone' },
          ...firms.map(({ id, name }) => ({ value: id, label: name })),
          { value: SELF, label: 'Myself' },
        ]}
      />
      <Select
        block
        label="Placed by"
        hideOptionalLabel
        value={by ?? ''}
        onChange={(event) => {
          onChange({ by: event.target.value || undefined })
        }}
        options={[
          { value: '', label: 'Anybody' },
          ...[...people].map(([value, label]) => ({ value, label })),
        ]}
      />
    </>
  )
}
