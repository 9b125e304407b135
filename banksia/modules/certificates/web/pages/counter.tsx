import { useState } from 'react'
import { useQuery } from '@tanstack/react-query'
import { TextLink } from '@ag.ds-next/react/text-link'
import { ErrorPanel, Panel, PropertySearch, StaffPage, TillLine, useNavigateTo } from '@banksia/kit'
import { placeOrder, readCatalogueOptions } from '../api'
import { type CounterCustomer, CounterOrder, type OrderedLine } from '../components/counter-order'
import { CounterProperty } from '../components/counter-property'
import { BoughtBefore } from '../components/historic-lots'
import { priced, totalOf, unsold } from '../components/prices'
import { counterPage, staffOrderPage, staffOrdersPage } from '../staff-routes'

type ReasonsByProperty = Readonly<Record<string, Readonly<Record<string, string>>>>

/** Lodge an order for the person at the counter: properties, certificates, who; the payment comes next. */
export default function CounterPage() {
  const { property: propertyId } = counterPage.useSearch()
  const setSearch = counterPage.useSetSearch()
  const navigate = useNavigateTo()
  const catalogue = useQuery(readCatalogueOptions())
  const [found, setFound] = useState(false)
  const [key, setKey] = useState(() => crypto.randomUUID())
  // All of the order, so that looking at another property takes nothing away.
  const [chosen, setChosen] = useState<readonly OrderedLine[]>([])
  const [reasons, setReasons] = useState<ReasonsByProperty>({})
  const lines = catalogue.data ? priced(chosen, catalogue.data) : []
  const gone = catalogue.data ? unsold(chosen, catalogue.data) : []
  // Other certificates are another order; the same ones sent twice are one.
  const choose = (next: readonly OrderedLine[]) => {
    setChosen(next)
    setKey(crypto.randomUUID())
  }
  const place = async ({ name, email, phone, reference, collect }: CounterCustomer) => {
    const placing = placeOrder({
      headers: { 'Idempotency-Key': key },
      body: {
        lines: lines.map((line) => ({
          property_id: line.propertyId,
          parcel: line.parcel,
          product: line.product,
          urgent: line.urgent,
          override_reason: reasons[line.propertyId]?.[line.parcel] ?? null,
        })),
        contact: { name, email: email || null, phone: phone || null },
        reference: reference || null,
        collect,
        seen_total_cents: totalOf(lines),
      },
      throwOnError: true,
    })
    // What was refused because of its fees is shown with those of now.
    const { data } = await placing.catch(async (error: unknown) => {
      await catalogue.refetch()
      throw error
    })
    navigate(staffOrderPage.href({ params: { orderId: data.id } }))
  }
  return (
    <StaffPage
      title="New order"
      where={
        <>
          <TextLink href={staffOrdersPage.href()}>Orders</TextLink> / Counter
        </>
      }
    >
      <div css={{ display: 'grid', gap: '1.25rem', maxWidth: '60rem' }}>
        <TillLine />
        {catalogue.isError ? (
          <ErrorPanel
            title="The catalogue could not be loaded"
            error={catalogue.error}
            onRetry={() => void catalogue.refetch()}
          />
        ) : null}
        <Panel title="Property">
          <PropertySearch
            key={propertyId}
            label={chosen.length > 0 ? 'Find another property' : 'Find the property'}
            hint="Address, lot and plan, or assessment number"
            onChoose={(match) => {
              setFound(true)
              setSearch({ property: match.id })
            }}
          />
        </Panel>
        {propertyId ? (
          <CounterProperty
            key={propertyId}
            propertyId={propertyId}
            catalogue={catalogue.data}
            chosen={chosen.filter((line) => line.propertyId === propertyId)}
            onChange={(mine, address) => {
              const others = chosen.filter((line) => line.propertyId !== propertyId)
              const titleOf = (code: string) =>
                catalogue.data?.products.find((product) => product.code === code)?.short_title ?? code
              choose([
                ...others,
                ...mine.map((line) => ({ ...line, propertyId, address, title: titleOf(line.product) })),
              ])
            }}
            reasons={reasons[propertyId] ?? {}}
            onReason={(parcel, reason) => {
              setReasons({ ...reasons, [propertyId]: { ...reasons[propertyId], [parcel]: reason } })
            }}
            goOn={found}
          />
        ) : null}
        {propertyId || chosen.length > 0 ? (
          <>
            <BoughtBefore chosen={chosen} />
            <CounterOrder
              lines={lines}
              gone={gone}
              onRemove={({ propertyId: id, parcel, product }) => {
                choose(
                  chosen.filter(
                    (each) => each.propertyId !== id || each.parcel !== parcel || each.product !== product,
                  ),
                )
              }}
              onPlace={place}
            />
          </>
        ) : null}
      </div>
    </StaffPage>
  )
}
