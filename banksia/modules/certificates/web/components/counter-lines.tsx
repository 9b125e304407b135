import { useEffect, useRef } from 'react'
import { Checkbox } from '@ag.ds-next/react/checkbox'
import { formatDay, formatMoney, Money, Panel, PHONE, type ParcelDetail } from '@banksia/kit'
import type { CatalogueProductRead, CatalogueRead } from '../api'
import { clashWith } from './prices'

/** A certificate chosen at the counter. */
export interface Chosen {
  parcel: string
  product: string
  urgent: boolean
}

interface CounterLinesProps {
  parcels: readonly ParcelDetail[]
  catalogue: CatalogueRead
  chosen: readonly Chosen[]
  onChange: (chosen: readonly Chosen[]) => void
  /** The property was just found here: the keyboard goes on at its certificates. */
  goOn: boolean
}

/** Every certificate for every lot of the property, dense: a clerk knows them. */
export function CounterLines({ parcels, catalogue, chosen, onChange, goOn }: CounterLinesProps) {
  const box = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (goOn) box.current?.querySelector<HTMLElement>('input:enabled')?.focus()
  }, [goOn])
  const products = catalogue.products.filter(({ kind, fee_cents }) => kind === 'sale' && fee_cents !== null)
  if (parcels.length === 0)
    return (
      <Panel title="Certificates">
        No current lot is known for this property, so nothing can be ordered for it.
      </Panel>
    )
  return (
    <div ref={box} css={{ display: 'grid', gap: '1.25rem' }}>
      {parcels.map((parcel) => (
        <Panel key={parcel.id} title={`Certificates for ${parcel.title}`}>
          <ul css={{ listStyle: 'none', display: 'grid', gap: '0.25rem' }}>
            {products.map((product) => (
              <Line
                key={product.code}
                product={product}
                parcel={parcel.text}
                chosen={chosen}
                onChange={onChange}
                nameOf={(code) => products.find((each) => each.code === code)?.short_title ?? code}
              />
            ))}
          </ul>
        </Panel>
      ))}
    </div>
  )
}

interface LineProps {
  product: CatalogueProductRead
  parcel: string
  chosen: readonly Chosen[]
  onChange: (chosen: readonly Chosen[]) => void
  nameOf: (code: string) => string
}

function Line({ product, parcel, chosen, onChange, nameOf }: LineProps) {
  const mine = chosen.find((each) => each.parcel === parcel && each.product === product.code)
  const others = chosen.filter((each) => each !== mine)
  const clash = mine
    ? null
    : clashWith(
        product,
        others.filter((each) => each.parcel === parcel).map((each) => each.product),
      )
  const put = (urgent: boolean) => {
    onChange([...others, { parcel, product: product.code, urgent }])
  }
  const due = mine?.urgent ? product.urgent_due_on : product.standard_due_on
  return (
    <li
      css={{
        display: 'grid',
        gridTemplateColumns: 'minmax(0, 1fr) auto auto',
        gap: '0.25rem 1rem',
        alignItems: 'center',
        [PHONE]: { gridTemplateColumns: 'minmax(0, 1fr) auto' },
      }}
    >
      <Checkbox
        size="sm"
        checked={Boolean(mine)}
        disabled={Boolean(clash) || Boolean(product.closed)}
        onChange={(event) => {
          if (event.target.checked) put(false)
          else onChange(others)
        }}
      >
        {product.title}
        {product.closed ? ` (closed: ${product.closed.reason})` : ''}
        {clash ? ` (${clash.kind === 'contains' ? 'contains' : 'contained in'} ${nameOf(clash.code)})` : ''}
      </Checkbox>
      {/* On a phone what urgency costs stands under the certificate, not over it. */}
      <div css={{ [PHONE]: { order: 1, gridColumn: '1 / -1', '&:empty': { display: 'none' } } }}>
        {mine && product.urgent_fee_cents !== null ? (
          <Checkbox
            size="sm"
            checked={mine.urgent}
            onChange={(event) => {
              put(event.target.checked)
            }}
          >
            {`Urgent, ${formatMoney(product.urgent_fee_cents)} more`}
          </Checkbox>
        ) : null}
      </div>
      <span css={{ textAlign: 'right' }}>
        {mine && due ? `due ${formatDay(due)}  ` : ''}
        <Money cents={(product.fee_cents ?? 0) + (mine?.urgent ? (product.urgent_fee_cents ?? 0) : 0)} />
      </span>
    </li>
  )
}
