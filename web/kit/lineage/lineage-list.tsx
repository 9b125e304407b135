import type { ReactNode } from 'react'
import { TextLink } from '@ag.ds-next/react/text-link'
import { colour } from '../theme/tokens'
import { type Lineage, type LineageLot } from './layout'
import { lotFacts } from './lot-box'

/** What happened, oldest first, each with the lots before and after it. */
export function LineageList({ lots, events }: Lineage) {
  const byId = new Map(lots.map((lot) => [lot.id, lot]))
  const told = new Set<string>()
  const once = (ids: readonly string[]) =>
    ids.flatMap((id) => {
      const lot = byId.get(id)
      if (!lot || told.has(id)) return []
      told.add(id)
      return lot
    })
  const rows = events.flatMap((event) => [
    ...once(event.parents).map((lot) => ({ key: lot.id, lot })),
    { key: event.id, event },
    ...once(event.children).map((lot) => ({ key: lot.id, lot })),
  ])
  return (
    <ol css={{ listStyle: 'none', display: 'grid', gap: '0.75rem' }}>
      {rows.map((row) =>
        'lot' in row ? (
          <LotRow key={row.key} lot={row.lot} />
        ) : (
          <Row key={row.key} mark={<Mark round edge={colour.accent} />} detail={row.event.detail}>
            {row.event.title}
          </Row>
        ),
      )}
    </ol>
  )
}

function LotRow({ lot }: { lot: LineageLot }) {
  const mark = (
    <Mark
      dashed={lot.state !== 'current'}
      filled={lot.own}
      edge={lot.own || lot.state === 'current' ? colour.selected : colour.border}
    />
  )
  return (
    <Row mark={mark} detail={lotFacts(lot)}>
      {lot.own || !lot.href ? <strong>{lot.title}</strong> : <TextLink href={lot.href}>{lot.title}</TextLink>}
    </Row>
  )
}

function Row({ mark, detail, children }: { mark: ReactNode; detail?: ReactNode; children: ReactNode }) {
  return (
    <li css={{ display: 'flex', gap: '0.75rem' }}>
      {mark}
      <div>
        <div>{children}</div>
        {detail ? <div css={{ fontSize: '0.875rem', color: colour.foregroundMuted }}>{detail}</div> : null}
      </div>
    </li>
  )
}

interface MarkProps {
  edge: string
  round?: boolean
  dashed?: boolean
  filled?: boolean
}

function Mark({ edge, round = false, dashed = false, filled = false }: MarkProps) {
  return (
    <span
      css={{
        flexShrink: 0,
        width: '0.875rem',
        height: '0.875rem',
        marginTop: '0.3rem',
        boxSizing: 'border-box',
        border: `2px ${dashed ? 'dashed' : 'solid'} ${edge}`,
        borderRadius: round ? '50%' : 3,
        background: filled ? edge : colour.backgroundBody,
      }}
    />
  )
}
