import { Money } from '../display/sums'
import { formatDate } from '../format/dates'
import { colour } from '../theme/tokens'

export interface RefundShown {
  amount_cents: number
  state: 'pending' | 'succeeded' | 'failed'
  words: string
  at: string
}

const TITLES = { pending: 'Refund', succeeded: 'Refunded', failed: 'Refund failed' } as const

/** Money that went back to a payer or is on its way, each with its state in words. */
export function RefundsShown({ refunds }: { refunds: readonly RefundShown[] }) {
  if (refunds.length === 0) return null
  return (
    <ul aria-label="Refunds" css={{ listStyle: 'none' }}>
      {refunds.map((refund, index) => (
        <li key={index} css={{ padding: '0.5rem 0', borderTop: `1px solid ${colour.borderMuted}` }}>
          <span
            css={{ display: 'flex', justifyContent: 'space-between', gap: '1rem', fontSize: '0.9375rem' }}
          >
            <span>{`${TITLES[refund.state]}, ${formatDate(refund.at)}`}</span>
            <Money cents={refund.amount_cents} />
          </span>
          <span css={{ display: 'block', fontSize: '0.875rem', color: colour.foregroundMuted }}>
            {refund.words}
          </span>
        </li>
      ))}
    </ul>
  )
}
