import type { ReactNode } from 'react'
import { formatMoney } from '../format/money'
import { colour, tabularFigures } from '../theme/tokens'

/** An amount of money, its figures all of one width. */
export function Money({ cents }: { cents: number }) {
  return <span css={{ ...tabularFigures, whiteSpace: 'nowrap' }}>{formatMoney(cents)}</span>
}

export interface Sum {
  label: ReactNode
  detail?: ReactNode
  cents: number
}

interface SumsProps {
  sums: readonly Sum[]
  total: { label: string; cents: number }
  /** Under the total: `No GST applies`. */
  note?: ReactNode
}

/** What things cost and what that makes: amounts at the right, the total largest. */
export function Sums({ sums, total, note }: SumsProps) {
  return (
    <div>
      <ul css={{ listStyle: 'none' }}>
        {sums.map((sum, index) => (
          <li
            key={index}
            css={{
              ...row,
              padding: '0.5rem 0',
              borderTop: `1px solid ${colour.borderMuted}`,
              fontSize: '0.9375rem',
            }}
          >
            <span>
              {sum.label}
              {sum.detail ? <span css={muted}>{sum.detail}</span> : null}
            </span>
            <Money cents={sum.cents} />
          </li>
        ))}
      </ul>
      <p
        css={{
          ...row,
          alignItems: 'baseline',
          paddingTop: '0.75rem',
          borderTop: `1px solid ${colour.border}`,
          fontWeight: 'bold',
        }}
      >
        <span>{total.label}</span>
        <span css={{ fontSize: '1.375rem' }}>
          <Money cents={total.cents} />
        </span>
      </p>
      {note ? <p css={muted}>{note}</p> : null}
    </div>
  )
}

const row = { display: 'flex', justifyContent: 'space-between', gap: '1rem' } as const
const muted = { display: 'block', fontSize: '0.875rem', color: colour.foregroundMuted } as const
