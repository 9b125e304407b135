import type { ReactNode } from 'react'
import { colour, PHONE } from '../theme/tokens'

export type Fact = readonly [label: string, value: ReactNode] | false | null | undefined

interface FactsProps {
  /** Label and value; what is false or null is left out. */
  of: readonly Fact[]
  /** The width of the labels. */
  labels?: string
  /** Values in bold, labels muted: for what identifies something. */
  strong?: boolean
}

/** Labels and values in two columns, in the order given. */
export function Facts({ of, labels = '9rem', strong = false }: FactsProps) {
  return (
    <dl
      css={{
        display: 'grid',
        gridTemplateColumns: `minmax(6rem, ${labels}) minmax(0, 1fr)`,
        gap: '0.5rem 1rem',
        fontSize: '0.9375rem',
        [PHONE]: { gridTemplateColumns: 'minmax(6rem, 38%) minmax(0, 1fr)' },
      }}
    >
      {of.map((fact) =>
        fact ? (
          <div key={fact[0]} css={{ display: 'contents' }}>
            <dt css={{ color: colour.foregroundMuted }}>{fact[0]}</dt>
            <dd css={{ fontWeight: strong ? 'bold' : 'normal' }}>{fact[1]}</dd>
          </div>
        ) : null,
      )}
    </dl>
  )
}
