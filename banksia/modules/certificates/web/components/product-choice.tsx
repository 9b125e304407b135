import { useEffect, useRef } from 'react'
import { colour, type ParcelDetail, type PropertyDetail, propertyTitle } from '@banksia/kit'
import type { CatalogueProductRead, CatalogueRead } from '../api'
import { choosePage } from '../routes'
import { putLine, removeLine, useBasket } from './basket'
import { clashWith, priced } from './prices'
import { LinkCard, ProductCard } from './product-card'
import { useBoughtLately } from './bought-lately'

interface ProductChoiceProps {
  property: PropertyDetail
  parcel: ParcelDetail
  catalogue: CatalogueRead
}

/** The certificates for one lot; what contains another is refused with a way out. */
export function ProductChoice({ property, parcel, catalogue }: ProductChoiceProps) {
  const { product: wanted } = choosePage.useSearch()
  const { lines } = useBasket()
  const bought = useBoughtLately(property.id, parcel.text)
  const here = lines.filter((line) => line.propertyId === property.id && line.parcel === parcel.text)
  const chosen = here.map((line) => line.product)
  const address = propertyTitle({
    address: property.address,
    parcels: property.parcels.map(({ text }) => text),
  })
  const put = (product: string, urgent: boolean) => {
    const line = { propertyId: property.id, address, parcel: parcel.text, product, urgent }
    putLine({ ...line, seenCents: priced([line], catalogue)[0]?.cents })
  }
  const drop = (product: string) => {
    removeLine({ propertyId: property.id, parcel: parcel.text, product })
  }
  // Who came by the name of a certificate finds it chosen, once.
  const preset = useRef(false)
  useEffect(() => {
    if (preset.current || !wanted || chosen.length > 0) return
    preset.current = true
    if (catalogue.products.some(({ code, closed, kind }) => code === wanted && !closed && kind === 'sale'))
      put(wanted, false)
  })
  const refusal = (product: CatalogueProductRead) => {
    const clash = chosen.includes(product.code) ? null : clashWith(product, chosen)
    if (!clash) return null
    const other = catalogue.products.find(({ code }) => code === clash.code)?.short_title ?? clash.code
    return {
      sentence:
        clash.kind === 'contains'
          ? `This includes the ${other} you have chosen.`
          : `The ${other} you have chosen includes this.`,
      way: 'Choose this instead',
      take: () => {
        drop(clash.code)
        put(product.code, false)
      },
    }
  }
  return (
    <section id="choose">
      <div
        css={{
          display: 'flex',
          justifyContent: 'space-between',
          alignItems: 'baseline',
          gap: '1rem',
          marginBottom: '0.75rem',
        }}
      >
        <h2 css={{ fontSize: '1.25rem' }}>Certificates for this lot</h2>
        <span css={{ fontSize: '0.875rem', color: colour.foregroundMuted }}>
          One certificate covers one lot
        </span>
      </div>
      <ul css={{ listStyle: 'none', display: 'grid', gap: '0.75rem' }}>
        {catalogue.products
          .filter(({ kind }) => kind === 'sale')
          .map((product) => (
            <ProductCard
              key={product.code}
              product={product}
              chosen={chosen.includes(product.code)}
              urgent={here.some((line) => line.product === product.code && line.urgent)}
              refused={refusal(product)}
              earlier={bought(product.code)}
              onChoose={(isChosen) => {
                if (isChosen) put(product.code, false)
                else drop(product.code)
              }}
              onUrgent={(urgent) => {
                put(product.code, urgent)
              }}
            />
          ))}
        {catalogue.products
          .filter(({ kind }) => kind === 'link')
          .map((product) => (
            <LinkCard key={product.code} product={product} />
          ))}
      </ul>
    </section>
  )
}
