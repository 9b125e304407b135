import type { ComponentProps, ReactNode } from 'react'
import { colour, RADIUS } from '../theme/tokens'

interface MatchListProps<Match> {
  open: boolean
  menuProps: ComponentProps<'ul'>
  matches: readonly Match[]
  keyOf: (match: Match) => string
  itemProps: (match: Match, index: number) => ComponentProps<'li'>
  highlighted: number
  renderMatch: (match: Match) => ReactNode
  /** In place of matches: that nothing was found, or that the search failed. */
  note: ReactNode
}

/** The list that floats under a search box. */
export function MatchList<Match>({
  open,
  menuProps,
  matches,
  keyOf,
  itemProps,
  highlighted,
  renderMatch,
  note,
}: MatchListProps<Match>) {
  return (
    <div
      css={{
        position: 'absolute',
        zIndex: 200,
        top: 'calc(100% + 0.5rem)',
        left: 0,
        right: 0,
        display: open ? 'block' : 'none',
        maxHeight: 'min(28rem, 60vh)',
        overflowY: 'auto',
        border: `1px solid ${colour.borderMuted}`,
        borderRadius: RADIUS.control,
        background: colour.backgroundBody,
        color: colour.foregroundText,
        boxShadow: '0 8px 24px rgba(0, 0, 0, 0.2)',
        textAlign: 'left',
      }}
    >
      <ul {...menuProps} css={{ listStyle: 'none' }}>
        {matches.map((match, index) => (
          <li
            key={keyOf(match)}
            {...itemProps(match, index)}
            css={{
              padding: '0.625rem 1rem',
              borderTop: index > 0 ? `1px solid ${colour.borderMuted}` : undefined,
              background: index === highlighted ? colour.selectedMuted : undefined,
              cursor: 'pointer',
            }}
          >
            {renderMatch(match)}
          </li>
        ))}
      </ul>
      {note ? <p css={{ padding: '0.75rem 1rem' }}>{note}</p> : null}
    </div>
  )
}

/** The two lines of a match: what it is, and what tells it from the next. */
export function MatchLines({ title, detail }: { title: ReactNode; detail?: ReactNode }) {
  return (
    <>
      <span css={{ display: 'block', color: colour.foregroundAction }}>{title}</span>
      {detail ? (
        <span css={{ display: 'block', color: colour.foregroundMuted, fontSize: '0.9375rem' }}>{detail}</span>
      ) : null}
    </>
  )
}
