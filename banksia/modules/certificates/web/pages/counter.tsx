import { useEffect, useState } from 'react'
import { useQuery } from '@tanstack/react-query'
import { TextLink } from '@ag.ds-next/react/text-link'
import { ErrorPanel, Panel, PropertySearch, StaffPage, TillLine, useNavigateTo } from '@banksia/kit'
import { placeOrder, readCatalogueOptions } from '../api'
import { same } from '../components/basket'
import { ClearOrder } from '../components/clear-order'
import { useCounterKept } from '../components/counter-kept'
import { type CounterCustomer, CounterOrder } from '../components/counter-order'
import { CounterProperty } from '../components/counter-property'
import { BoughtBefore } from '../components/historic-lots'
import { priced, totalOf, unsold } from '../components/prices'
import { counterPage, staffOrderPage, staffOrdersPage } from '../staff-routes'

/** Lodge an order for the person at the counter: properties, certificates, who; the payment comes next. */
export default function CounterPage() {
  const { property: propertyId } = counterPage.useSearch()
  const setSearch = counterPage.useSetSearch()
  const navigate = useNavigateTo()
  const catalogue = useQuery(readCatalogueOptions())
  const [found, setFound] = useState(false)
  const [cleared, setCleared] = useState(0)
  // All of the order, so that looking at another property or page takes nothing away.
  const { kept, isBegun, change, clear } = useCounterKept()
  const { lines: chosen, reasons } = kept
  const lines = catalogue.data ? priced(chosen, catalogue.data) : []
  const gone = catalogue.data ? unsold(chosen, catalogue.data) : []
  useEffect(() => {
    // The button that cleared it is gone: the keyboard goes on at the top.
    if (cleared > 0) document.querySelector('h1')?.focus()
  }, [cleared])
  const beginAnew = () => {
    clear()
    setFound(false)
    setCleared(cleared + 1)
    setSearch({ property: undefined })
  }
  const place = async ({ name, email, phone, reference, collect }: CounterCustomer) => {
    const placing = placeOrder({
      headers: { 'Idempotency-Key': kept.key },
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
    clear()
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
      actions={isBegun ? <ClearOrder onClear={beginAnew} /> : undefined}
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
              const titleOf = (code: string) =>
                catalogue.data?.products.find((product) => product.code === code)?.short_title ?? code
              change((now) => ({
                lines: [
                  ...now.lines.filter((line) => line.propertyId !== propertyId),
                  ...mine.map((line) => ({ ...line, propertyId, address, title: titleOf(line.product) })),
                ],
              }))
            }}
            reasons={reasons[propertyId] ?? {}}
            onReason={(parcel, reason) => {
              change((now) => ({
                reasons: { ...now.reasons, [propertyId]: { ...now.reasons[propertyId], [parcel]: reason } },
              }))
            }}
            goOn={found}
          />
        ) : null}
        {propertyId || isBegun ? (
          <>
            <BoughtBefore chosen={chosen} />
            <CounterOrder
              key={cleared}
              lines={lines}
              gone={gone}
              customer={kept.customer}
              onType={(customer) => {
                change(() => ({ customer }))
              }}
              onRemove={(line) => {
                change((now) => ({ lines: now.lines.filter((each) => !same(each, line)) }))
              }}
              onPlace={place}
            />
          </>
        ) : null}
      </div>
    </StaffPage>
  )
}
