export interface ChartSeries {
  label: string
  /** A colour of the theme. */
  fill: string
}

/** What each colour of a chart means; one that has a single meaning needs none. */
export function Legend({ series }: { series: readonly ChartSeries[] }) {
  if (series.length < 2) return null
  return (
    <p css={{ display: 'flex', flexWrap: 'wrap', gap: '0.25rem 1.25rem', fontSize: '0.875rem' }}>
      {series.map(({ label, fill }) => (
        <span key={label}>
          <span css={{ display: 'inline-block', width: 12, height: 12, marginRight: 6, background: fill }} />
          {label}
        </span>
      ))}
    </p>
  )
}
