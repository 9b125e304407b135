import { useQuery } from '@tanstack/react-query'
import { TextLink } from '@ag.ds-next/react/text-link'
import { colour, formatMoney, Loaded, Money, PHONE } from '@banksia/kit'
import { readCatalogueOptions, type CatalogueProductRead, type CatalogueRead } from '../api'
import { homePage } from '../routes'
import { gstNote } from './prices'

/** What can be ordered, what it costs, how soon: without a click. */
export function ProductList() {
  const catalogue = useQuery(readCatalogueOptions())
  return (
    // About the height of the list, so that what stands below does not jump when it comes.
    <section css={catalogue.isPending ? { minHeight: '24rem', [PHONE]: { minHeight: '44rem' } } : undefined}>
      <Loaded query={catalogue} failed="The list of certificates could not be loaded">
        {(read) => <Products catalogue={read} />}
      </Loaded>
    </section>
  )
}

function Products({ catalogue }: { catalogue: CatalogueRead }) {
  const sold = catalogue.products.filter(({ kind }) => kind === 'sale')
  const links = catalogue.products.filter(({ kind }) => kind === 'link')
  const soonest = sold.find((product) => product.urgent_fee_cents !== null)
  return (
    <>
      <div
        css={{
          display: 'flex',
          justifyContent: 'space-between',
          alignItems: 'baseline',
          gap: '1rem',
          marginBottom: '0.75rem',
        }}
      >
        <h2 css={{ fontSize: '1.25rem' }}>What you can order</h2>
        <span css={{ fontSize: '0.875rem', color: colour.foregroundMuted }}>{gstNote(sold)}</span>
      </div>
      <ul
        css={{
          listStyle: 'none',
          display: 'grid',
          gridTemplateColumns: '1fr 1fr',
          columnGap: '3rem',
          borderBottom: `1px solid ${colour.borderMuted}`,
          [PHONE]: { gridTemplateColumns: '1fr' },
        }}
      >
        {sold.map((product) => (
          <Product key={product.code} product={product} />
        ))}
      </ul>
      <p css={{ marginTop: '1rem', fontSize: '0.9375rem' }}>
        {soonest?.urgent_fee_cents
          ? `Need it sooner? Most certificates can be urgent, for ${formatMoney(soonest.urgent_fee_cents)} more. `
          : ''}
        {links.map((product) => (
          <span key={product.code}>
            <TextLink href={product.link_url ?? ''}>{product.title}</TextLink>: {product.description}{' '}
          </span>
        ))}
      </p>
    </>
  )
}

function Product({ product }: { product: CatalogueProductRead }) {
  const days = product.turnaround_days
  return (
    <li
      css={{
        display: 'flex',
        justifyContent: 'space-between',
        gap: '1rem',
        padding: '0.75rem 0',
        borderTop: `1px solid ${colour.borderMuted}`,
      }}
    >
      <div>
        <TextLink href={homePage.href({ search: { product: product.code } })}>{product.title}</TextLink>
        <p css={{ fontSize: '0.9375rem', color: colour.foregroundMuted }}>{product.description}</p>
      </div>
      <div css={{ textAlign: 'right', flexShrink: 0 }}>
        <strong>{product.fee_cents === null ? '' : <Money cents={product.fee_cents} />}</strong>
        <p css={{ fontSize: '0.875rem', color: colour.foregroundMuted }}>
          {product.closed ? 'Closed now' : days ? `${String(days)} working day${days === 1 ? '' : 's'}` : ''}
        </p>
      </div>
    </li>
  )
}
