import type { ReactNode } from 'react'
import { colour, RADIUS } from '../theme/tokens'
import { type Selection, Tick, TickAll, useTick } from './selection'

interface CardListProps<RowData> {
  label: string
  rows: readonly RowData[]
  rowKey: (row: RowData) => string
  card: (row: RowData) => ReactNode
  edge?: (row: RowData) => 'late' | 'today' | undefined
  selection?: Selection<RowData>
}

const edges = { late: colour.systemError, today: colour.systemWarning, none: colour.borderMuted }

/** The rows of a table where there is no room for one. */
export function CardList<RowData>(props: CardListProps<RowData>) {
  const { rows, rowKey, selection } = props
  if (!selection || rows.length === 0) return <Cards {...props} />
  return (
    <div css={{ display: 'grid', gap: '0.5rem' }}>
      <div css={{ display: 'flex', alignItems: 'center', gap: '0.5rem', padding: '0 1.25rem' }}>
        <TickAll rows={rows} rowKey={rowKey} selection={selection} />
        <span aria-hidden>Select all shown</span>
      </div>
      <Cards {...props} />
    </div>
  )
}

function Cards<RowData>({ label, rows, rowKey, card, edge, selection }: CardListProps<RowData>) {
  const tick = useTick(selection)
  return (
    <ul
      aria-label={label}
      css={{ listStyle: 'none', display: 'grid', gridTemplateColumns: 'minmax(0, 1fr)', gap: '0.75rem' }}
    >
      {rows.map((row) => (
        <li
          key={rowKey(row)}
          css={{
            padding: '0.75rem 1rem',
            border: `1px solid ${colour.borderMuted}`,
            borderLeft: `4px solid ${edges[edge?.(row) ?? 'none']}`,
            borderRadius: RADIUS.panel,
            background: colour.backgroundBody,
            fontSize: '0.9375rem',
            // A hash or an address without a space must not make the page wider than the phone.
            overflowWrap: 'anywhere',
            ...(selection
              ? { display: 'flex', gap: '0.75rem', '& > :last-child': { flex: 1, minWidth: 0 } }
              : {}),
            '& .detail': { display: 'block', color: colour.foregroundMuted, fontSize: '0.875rem' },
          }}
        >
          {selection ? (
            <Tick
              name={selection.nameOf(row)}
              ticked={selection.selected.has(rowKey(row))}
              onTick={() => {
                tick(rowKey(row))
              }}
            />
          ) : null}
          {card(row)}
        </li>
      ))}
    </ul>
  )
}

interface RowCardProps {
  /** What is due, at the top left; what is urgent, at the right of it. */
  top?: ReactNode
  topEnd?: ReactNode
  title: ReactNode
  detail?: ReactNode
  start?: ReactNode
  end?: ReactNode
}

/** The one arrangement of a card. */
export function RowCard({ top, topEnd, title, detail, start, end }: RowCardProps) {
  return (
    <div css={{ display: 'grid', gridTemplateColumns: 'minmax(0, 1fr)', gap: '0.375rem' }}>
      {top || topEnd ? (
        <div css={between}>
          <span>{top}</span>
          <span>{topEnd}</span>
        </div>
      ) : null}
      <div css={{ fontSize: '1rem' }}>{title}</div>
      {detail ? <div>{detail}</div> : null}
      {start || end ? (
        <div css={{ ...between, color: colour.foregroundMuted }}>
          <span>{start}</span>
          <span css={{ color: colour.foregroundText }}>{end}</span>
        </div>
      ) : null}
    </div>
  )
}

const between = {
  display: 'flex',
  justifyContent: 'space-between',
  alignItems: 'center',
  gap: '1rem',
} as const
