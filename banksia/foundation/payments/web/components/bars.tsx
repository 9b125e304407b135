import { colour, formatMoney, tabularFigures } from '@banksia/kit'

export interface Bar {
  key: string
  label: string
  /** Taken, in cents. */
  taken: number
  /** Given back, above nothing. */
  back: number
}

const MOST = 12

/** The largest, as bars that lie; the table below is the data, so readers pass over it. */
export function LyingBars({ bars }: { bars: readonly Bar[] }) {
  const largest = Math.max(1, ...bars.flatMap(({ taken, back }) => [taken, back]))
  return (
    <div aria-hidden="true" css={{ display: 'grid', gap: '0.5rem' }}>
      {bars.slice(0, MOST).map((bar) => (
        <div
          key={bar.key}
          css={{
            display: 'grid',
            gridTemplateColumns: 'minmax(0, 14rem) minmax(0, 1fr) 7rem',
            gap: '0.25rem 0.75rem',
            alignItems: 'center',
            fontSize: '0.875rem',
            '@media (max-width: 767px)': { gridTemplateColumns: 'minmax(0, 1fr) auto' },
          }}
        >
          <span css={{ overflow: 'hidden', textOverflow: 'ellipsis', whiteSpace: 'nowrap' }}>
            {bar.label}
          </span>
          <svg
            viewBox={`0 0 ${String(largest)} 20`}
            preserveAspectRatio="none"
            css={{
              width: '100%',
              height: 20,
              '@media (max-width: 767px)': { gridColumn: '1 / -1', gridRow: 2 },
            }}
          >
            <rect x={0} y={2} width={bar.taken} height={9} fill={colour.foregroundAction} />
            <rect x={0} y={12} width={bar.back} height={6} fill={colour.systemError} />
          </svg>
          <span css={{ ...tabularFigures, textAlign: 'right' }}>{formatMoney(bar.taken - bar.back)}</span>
        </div>
      ))}
      <Legend />
    </div>
  )
}

/** Days, weeks or months as bars that stand, oldest at the left. */
export function StandingBars({ bars }: { bars: readonly Bar[] }) {
  const largest = Math.max(1, ...bars.flatMap(({ taken, back }) => [taken, back]))
  const wide = 10
  return (
    <div aria-hidden="true" css={{ display: 'grid', gap: '0.25rem', fontSize: '0.875rem' }}>
      <span css={tabularFigures}>{`Up to ${formatMoney(largest)}`}</span>
      <svg
        viewBox={`0 0 ${String(Math.max(bars.length, 1) * wide)} 100`}
        preserveAspectRatio="none"
        css={{
          width: '100%',
          maxWidth: `${String(Math.max(bars.length, 3) * 3)}rem`,
          height: 160,
          borderBottom: `1px solid ${colour.border}`,
        }}
      >
        {bars.map((bar, index) => (
          <g key={bar.key}>
            <rect {...standing(index * wide + 1, 5, bar.taken / largest)} fill={colour.foregroundAction} />
            <rect {...standing(index * wide + 6, 3, bar.back / largest)} fill={colour.systemError} />
          </g>
        ))}
      </svg>
      <span
        css={{
          display: 'flex',
          justifyContent: 'space-between',
          maxWidth: `${String(Math.max(bars.length, 3) * 3)}rem`,
        }}
      >
        <span>{bars[0]?.label}</span>
        {bars.length > 1 ? <span>{bars[bars.length - 1]?.label}</span> : null}
      </span>
      <Legend />
    </div>
  )
}

const standing = (x: number, width: number, share: number) => ({
  x,
  width,
  y: 100 - share * 100,
  height: share * 100,
})

function Legend() {
  const key = (fill: string) =>
    ({ display: 'inline-block', width: 12, height: 12, marginRight: 6, background: fill }) as const
  return (
    <p css={{ display: 'flex', flexWrap: 'wrap', gap: '0.25rem 1.25rem', fontSize: '0.875rem' }}>
      <span>
        <span css={key(colour.foregroundAction)} />
        Taken
      </span>
      <span>
        <span css={key(colour.systemError)} />
        Given back
      </span>
    </p>
  )
}
