import { type PropsWithChildren, type ReactNode, useId } from 'react'
import { colour, PHONE, RADIUS, slimButtons } from '../theme/tokens'

interface PanelProps {
  title?: ReactNode
  hint?: ReactNode
  /** One link, button or status at the right of the title. */
  action?: ReactNode
  /** Edge to edge, for tables and lists. */
  flush?: boolean
  /** The level of its title in the page. */
  level?: 2 | 3
  id?: string
  /** A coloured left edge: something in here is late or waits. */
  edge?: 'error' | 'warning'
}

/** A bordered section with a title row. No panel stands in another. */
export function Panel({
  title,
  hint,
  action,
  flush = false,
  level = 2,
  id,
  edge,
  children,
}: PropsWithChildren<PanelProps>) {
  const titleId = useId()
  return (
    <section
      id={id}
      aria-labelledby={title ? titleId : undefined}
      css={{
        border: `1px solid ${colour.borderMuted}`,
        borderLeft: edge
          ? `4px solid ${edge === 'error' ? colour.systemError : colour.systemWarning}`
          : undefined,
        borderRadius: RADIUS.panel,
        background: colour.backgroundBody,
      }}
    >
      {title ? <PanelTitle id={titleId} title={title} hint={hint} action={action} level={level} /> : null}
      <div
        css={{
          padding: flush ? 0 : '1rem',
          // What is words and not a table keeps its distance from the edge by itself.
          '--inset': flush ? '1rem' : '0',
          '& > :first-of-type': { marginTop: 0 },
        }}
      >
        {children}
      </div>
    </section>
  )
}

function PanelTitle({ id, title, hint, action, level }: PanelProps & { id: string; level: 2 | 3 }) {
  const Heading = `h${level}` as const
  return (
    <header
      css={{
        display: 'flex',
        alignItems: 'center',
        justifyContent: 'space-between',
        gap: '0.5rem 1rem',
        padding: '0.75rem 1rem',
        borderBottom: `1px solid ${colour.borderMuted}`,
        [PHONE]: { flexWrap: 'wrap' },
      }}
    >
      <div css={{ minWidth: 0 }}>
        <Heading id={id} css={{ fontSize: '1rem', fontWeight: 'bold', lineHeight: 1.4 }}>
          {title}
        </Heading>
        {hint ? <p css={{ fontSize: '0.875rem', color: colour.foregroundMuted }}>{hint}</p> : null}
      </div>
      {action ? (
        <div css={{ flexShrink: 0, fontSize: '0.875rem', [PHONE]: { maxWidth: '100%' }, ...slimButtons }}>
          {action}
        </div>
      ) : null}
    </header>
  )
}

interface DecisionPanelProps {
  title: ReactNode
  id?: string
}

/** The one place of a page where something is committed: paid, issued, refunded. Gold means nothing else. */
export function DecisionPanel({ title, id, children }: PropsWithChildren<DecisionPanelProps>) {
  const titleId = useId()
  return (
    <section
      id={id}
      aria-labelledby={titleId}
      css={{
        border: `1px solid ${colour.border}`,
        borderTop: `4px solid ${colour.accent}`,
        borderRadius: RADIUS.panel,
        padding: '1.25rem',
        background: colour.backgroundBody,
        [PHONE]: { padding: '1rem' },
      }}
    >
      <h2
        id={titleId}
        css={{ fontSize: '1rem', fontWeight: 'bold', lineHeight: 1.4, marginBottom: '0.5rem' }}
      >
        {title}
      </h2>
      {children}
    </section>
  )
}
