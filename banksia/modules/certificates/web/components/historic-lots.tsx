import { useState } from 'react'
import { Button } from '@ag.ds-next/react/button'
import { TextInput } from '@ag.ds-next/react/text-input'
import { TextLink } from '@ag.ds-next/react/text-link'
import { formatParcel, Notice, type ParcelDetail, slimButtons } from '@banksia/kit'
import type { CatalogueRead } from '../api'
import { counterPage, staffOrderPage } from '../staff-routes'
import { BoughtLately } from './bought-lately'
import type { OrderedLine } from './counter-order'
import { asLines, useBasketRead } from './use-basket-read'

interface HistoricLotsProps {
  propertyId: string
  parcels: readonly ParcelDetail[]
  catalogue: CatalogueRead
  /** Why a lot is ordered for all the same, by the lot. */
  reasons: Readonly<Record<string, string>>
  onReason: (parcel: string, reason: string) => void
}

const SHORTEST_REASON = 5
const MOST_SHOWN = 10

/** Lots that are no more: the lots that they became, and for staff the way to order for them with a reason. */
export function HistoricLots({ propertyId, parcels, catalogue, reasons, onReason }: HistoricLotsProps) {
  const shown = parcels.slice(0, MOST_SHOWN)
  const product = catalogue.products.find(({ kind, closed }) => kind === 'sale' && !closed)?.code
  const read = useBasketRead(
    product
      ? shown.map(({ text }) => ({ property_id: propertyId, parcel: text, product, urgent: false }))
      : [],
  )
  const found = read.data?.lines.length === shown.length ? read.data.lines : []
  return shown.map((parcel, index) => (
    <Notice key={parcel.id} tone="warning" title={`${parcel.title} no longer exists`}>
      <div css={{ display: 'grid', gap: '0.5rem', ...slimButtons }}>
        {found[index]?.successors.length ? (
          <p>
            It became{' '}
            {found[index].successors.map((each, place) => (
              <span key={each.parcel}>
                {place > 0 ? ', ' : ''}
                {each.property_id ? (
                  <TextLink href={counterPage.href({ search: { property: each.property_id } })}>
                    {each.parcel_title}
                  </TextLink>
                ) : (
                  each.parcel_title
                )}
              </span>
            ))}
            .
          </p>
        ) : null}
        {reasons[parcel.text] ? (
          <p>Ordered for all the same: {reasons[parcel.text]}</p>
        ) : (
          <Override title={parcel.title} onReason={(reason) => onReason(parcel.text, reason)} />
        )}
      </div>
    </Notice>
  ))
}

function Override({ title, onReason }: { title: string; onReason: (reason: string) => void }) {
  const [reason, setReason] = useState('')
  const [short, setShort] = useState(false)
  return (
    <div css={{ display: 'flex', flexWrap: 'wrap', alignItems: 'flex-end', gap: '0.75rem' }}>
      <TextInput
        label={`Why order for ${title} all the same`}
        hint="It is kept with the order."
        required
        hideOptionalLabel
        invalid={short}
        message={short ? 'Say why, in at least five letters.' : undefined}
        value={reason}
        onChange={(event) => {
          setReason(event.target.value)
        }}
      />
      <Button
        size="sm"
        variant="secondary"
        onClick={() => {
          const isShort = reason.trim().length < SHORTEST_REASON
          setShort(isShort)
          if (!isShort) onReason(reason.trim())
        }}
      >
        Order for it
      </Button>
    </div>
  )
}

/** What was bought lately for the chosen lots, by anybody. */
export function BoughtBefore({ chosen }: { chosen: readonly OrderedLine[] }) {
  const read = useBasketRead(asLines(chosen))
  const found = read.data?.lines.length === chosen.length ? read.data.lines : []
  return chosen.map((each, index) => {
    const earlier = found[index]?.earlier
    return earlier ? (
      <Notice
        key={`${each.propertyId} ${each.parcel} ${each.product}`}
        tone="warning"
        title={`${earlier.title} for ${formatParcel(each.parcel)} was ordered lately`}
      >
        <p>
          <BoughtLately
            line={earlier}
            href={staffOrderPage.href({ params: { orderId: earlier.order_id } })}
          />
        </p>
      </Notice>
    ) : null
  })
}
