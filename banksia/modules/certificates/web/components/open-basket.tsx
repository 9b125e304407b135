import { useQuery } from '@tanstack/react-query'
import { ButtonLink } from '@ag.ds-next/react/button'
import { colour, formatAddress, formatMoney, PHONE, RADIUS, slimButtons } from '@banksia/kit'
import { readCatalogueOptions } from '../api'
import { contactPage, reviewPage } from '../routes'
import { useBasket } from './basket'
import { priced, totalOf } from './prices'

/** `2 certificates`, `1 certificate`. */
export const certificates = (count: number) => `${String(count)} certificate${count === 1 ? '' : 's'}`

/** What is chosen and not ordered yet, with the way on; nothing while nothing is. */
export function OpenBasket() {
  const { lines, contact } = useBasket()
  const catalogue = useQuery({ ...readCatalogueOptions(), enabled: lines.length > 0 })
  const [first] = lines
  if (!first) return null
  const others = new Set(lines.map(({ propertyId }) => propertyId)).size - 1
  const sold = catalogue.data ? priced(lines, catalogue.data) : []
  return (
    <section
      aria-label="Your order so far"
      css={{
        display: 'flex',
        alignItems: 'center',
        justifyContent: 'space-between',
        gap: '0.5rem 1rem',
        padding: '0.75rem 1rem',
        border: `1px solid ${colour.borderMuted}`,
        borderRadius: RADIUS.panel,
        background: colour.backgroundBody,
        ...slimButtons,
        [PHONE]: { flexWrap: 'wrap' },
      }}
    >
      <p>
        <strong>Your order so far: {certificates(lines.length)}</strong>
        {sold.length > 0 ? `, ${formatMoney(totalOf(sold))}` : ''}
        <br />
        {formatAddress(first.address)}
        {others > 0 ? ` and ${String(others)} more propert${others === 1 ? 'y' : 'ies'}` : ''}
      </p>
      <ButtonLink size="sm" variant="secondary" href={contact ? reviewPage.href() : contactPage.href()}>
        Go on with your order
      </ButtonLink>
    </section>
  )
}
