import type { PropsWithChildren } from 'react'
import { colour, tabularFigures } from '../theme/tokens'
import { Legend, type ChartSeries } from './legend'

export interface Bar {
  key: string
  label: string
  /** One for each of the chart's series, none below nothing. */
  values: readonly number[]
  /** What stands at the end of the bar: a sum, a count. */
  words?: string
}

export interface BarsProps {
  bars: readonly Bar[]
  series: readonly ChartSeries[]
}

const MOST = 12
const largestOf = (bars: readonly Bar[]) => Math.max(1, ...bars.flatMap(({ values }) => values))

/** The largest, as bars that lie; the table beside is the data, so readers pass over it. */
export function LyingBars({ bars, series }: BarsProps) {
  const largest = largestOf(bars)
  const height = series.length === 1 ? 20 : 4 + 9 * series.length
  return (
    <div aria-hidden="true" css={{ display: 'grid', gap: '0.5rem' }}>
      {bars.slice(0, MOST).map((bar) => (
        <LyingRow key={bar.key} bar={bar}>
          <svg
            viewBox={`0 0 ${String(largest)} ${String(height)}`}
            preserveAspectRatio="none"
            css={{ display: 'block', width: '100%', height }}
          >
            {series.map(({ label, fill }, index) => (
              <rect
                key={label}
                x={0}
                y={2 + index * 9}
                width={bar.values[index] ?? 0}
                height={series.length === 1 ? 16 : 8}
                fill={fill}
              />
            ))}
          </svg>
        </LyingRow>
      ))}
      <Legend series={series} />
    </div>
  )
}

/** Parts of a whole as one bar each, laid end to end in the order of the series. */
export function StackedBars({ bars, series }: BarsProps) {
  const sums = bars.map(({ values }) => values.reduce((sum, value) => sum + value, 0))
  const largest = Math.max(1, ...sums)
  return (
    <div aria-hidden="true" css={{ display: 'grid', gap: '0.5rem' }}>
      {bars.slice(0, MOST).map((bar) => (
        <LyingRow key={bar.key} bar={bar}>
          <svg
            viewBox={`0 0 ${String(largest)} 20`}
            preserveAspectRatio="none"
            css={{ display: 'block', width: '100%', height: 20 }}
          >
            {series.map(({ label, fill }, index) => (
              <rect
                key={label}
                x={bar.values.slice(0, index).reduce((sum, value) => sum + value, 0)}
                y={2}
                width={bar.values[index] ?? 0}
                height={16}
                fill={fill}
              />
            ))}
          </svg>
        </LyingRow>
      ))}
      <Legend series={series} />
    </div>
  )
}

function LyingRow({ bar, children }: PropsWithChildren<{ bar: Bar }>) {
  return (
    <div
      css={{
        display: 'grid',
        gridTemplateColumns: 'minmax(0, 14rem) minmax(0, 1fr) 7rem',
        gap: '0.25rem 0.75rem',
        alignItems: 'center',
        fontSize: '0.875rem',
        '@media (max-width: 767px)': {
          gridTemplateColumns: 'minmax(0, 1fr) auto',
          '& > div': { gridColumn: '1 / -1', gridRow: 2 },
        },
      }}
    >
      <span css={{ overflow: 'hidden', textOverflow: 'ellipsis', whiteSpace: 'nowrap' }}>{bar.label}</span>
      <div>{children}</div>
      <span css={{ ...tabularFigures, textAlign: 'right' }}>{bar.words}</span>
    </div>
  )
}

interface StandingBarsProps extends BarsProps {
  /** The largest value in words: what the height means. */
  upTo: (largest: number) => string
}

/** Days, weeks or months as bars that stand, oldest at the left. */
export function StandingBars({ bars, series, upTo }: StandingBarsProps) {
  const largest = largestOf(bars)
  const wide = 10
  const each = (wide - 2) / series.length
  return (
    <div aria-hidden="true" css={{ display: 'grid', gap: '0.25rem', fontSize: '0.875rem' }}>
      <span css={tabularFigures}>{upTo(largest)}</span>
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
        {bars.map((bar, place) => (
          <g key={bar.key}>
            {series.map(({ label, fill }, index) => {
              const share = (bar.values[index] ?? 0) / largest
              return (
                <rect
                  key={label}
                  x={place * wide + 1 + index * each}
                  width={each}
                  y={100 - share * 100}
                  height={share * 100}
                  fill={fill}
                />
              )
            })}
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
      <Legend series={series} />
    </div>
  )
}
