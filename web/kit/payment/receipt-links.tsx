import { TextLink } from '@ag.ds-next/react/text-link'
import { formatMoney } from '../format/money'

export interface ReceiptLink {
  id: string
  number: string
  total_cents: number
  path: string
}

interface ReceiptLinksProps {
  receipts: readonly ReceiptLink[]
  /** What is owed in all. When the receipts make this sum together, each of them stands. */
  totalCents?: number
  /** For a counter's printer of 80 mm as well. */
  roll?: boolean
}

/** Receipts to open or print; the last one stands, and the ones before it were replaced unless they are parts. */
export function ReceiptLinks({ receipts, totalCents, roll = false }: ReceiptLinksProps) {
  const areParts = receipts.reduce((sum, { total_cents }) => sum + total_cents, 0) === totalCents
  return (
    <ul aria-label="Receipts" css={{ listStyle: 'none' }}>
      {receipts.map((receipt, index) => (
        <li
          key={receipt.id}
          css={{ display: 'flex', flexWrap: 'wrap', gap: '0.25rem 1rem', padding: '0.25rem 0' }}
        >
          <TextLink href={receipt.path} target="_blank" rel="noreferrer">
            {`Receipt ${receipt.number}, ${formatMoney(receipt.total_cents)}`}
          </TextLink>
          {roll ? (
            <TextLink href={`${receipt.path}?paper=roll`} target="_blank" rel="noreferrer">
              {`Print ${receipt.number} on 80 mm`}
            </TextLink>
          ) : null}
          {index < receipts.length - 1 && !areParts ? <span>replaced</span> : null}
        </li>
      ))}
    </ul>
  )
}
