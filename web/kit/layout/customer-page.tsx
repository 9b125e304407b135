import type { PropsWithChildren, ReactNode } from 'react'
import { colour, PHONE, slimButtons } from '../theme/tokens'
import { container } from './container'
import { useTitle } from './use-title'

interface CustomerPageProps {
  title: string
  /** The line above the title: where one is, and the way back. */
  where?: ReactNode
  /** Under the title. */
  lead?: ReactNode
  /** Buttons at the right of the title. */
  actions?: ReactNode
  /** The step line of an order. */
  steps?: ReactNode
  /** At the right on a desk, below on a phone: usually the decision panel. */
  aside?: ReactNode
  /** What needs this person, above all else; the title then stands over both columns. */
  alert?: ReactNode
  /** The sum and one button that stay in sight on a phone. */
  bar?: ReactNode
  /** Wider than a column of text: for pages that are not read from top to bottom. */
  wide?: boolean
}

/** A customer's page: one column, what is decided at the right. */
export function CustomerPage({ steps, bar, children, ...page }: PropsWithChildren<CustomerPageProps>) {
  useTitle(page.title)
  return (
    <>
      {steps}
      <div
        css={{
          ...container,
          paddingTop: '1.75rem',
          paddingBottom: '3.5rem',
          [PHONE]: {
            paddingLeft: '1rem',
            paddingRight: '1rem',
            paddingTop: '1.25rem',
            paddingBottom: bar ? '7rem' : '2.5rem',
          },
        }}
      >
        {page.aside ? (
          <WithAside {...page}>{children}</WithAside>
        ) : (
          <OneColumn {...page}>{children}</OneColumn>
        )}
      </div>
      {bar ? <div css={barStyle}>{bar}</div> : null}
    </>
  )
}

function OneColumn({ wide, alert, children, ...head }: PropsWithChildren<CustomerPageProps>) {
  return (
    <div css={{ ...stack, maxWidth: wide ? undefined : '46rem' }}>
      <Head {...head} />
      {alert}
      {children}
    </div>
  )
}

function WithAside({ aside, alert, children, ...head }: PropsWithChildren<CustomerPageProps>) {
  const over = Boolean(alert ?? head.actions)
  return (
    <div css={stack}>
      {over ? <Head {...head} /> : null}
      {alert}
      <div css={columns}>
        <div css={stack}>
          {over ? null : <Head {...head} />}
          {children}
        </div>
        {/* The summary never scrolls away. */}
        <aside css={{ ...stack, '@media (min-width: 992px)': { position: 'sticky', top: '1.75rem' } }}>
          {aside}
        </aside>
      </div>
    </div>
  )
}

function Head({
  title,
  where,
  lead,
  actions,
}: Pick<CustomerPageProps, 'title' | 'where' | 'lead' | 'actions'>) {
  return (
    <header
      css={{
        display: 'flex',
        flexWrap: 'wrap',
        alignItems: 'flex-end',
        justifyContent: 'space-between',
        gap: '0.75rem 1rem',
      }}
    >
      <div>
        {where ? (
          <div css={{ fontSize: '0.875rem', color: colour.foregroundMuted, marginBottom: '0.25rem' }}>
            {where}
          </div>
        ) : null}
        <h1 tabIndex={-1} css={{ fontSize: '1.5rem', lineHeight: 1.25 }}>
          {title}
        </h1>
        {lead ? <div css={{ color: colour.foregroundMuted, maxWidth: '42em' }}>{lead}</div> : null}
      </div>
      {actions ? (
        <div css={{ display: 'flex', flexWrap: 'wrap', gap: '0.5rem', ...slimButtons }}>{actions}</div>
      ) : null}
    </header>
  )
}

const columns = {
  display: 'grid',
  gridTemplateColumns: 'minmax(0, 1fr) 21rem',
  gap: '2rem 2.5rem',
  alignItems: 'start',
  '@media (max-width: 991px)': { gridTemplateColumns: 'minmax(0, 1fr)' },
} as const
const stack = { display: 'grid', gap: '1.5rem', gridTemplateColumns: 'minmax(0, 1fr)' } as const
const barStyle = {
  display: 'none',
  [PHONE]: {
    position: 'fixed',
    zIndex: 100,
    left: 0,
    right: 0,
    bottom: 0,
    display: 'flex',
    alignItems: 'center',
    justifyContent: 'space-between',
    gap: '1rem',
    padding: '0.75rem 1rem',
    borderTop: `1px solid ${colour.border}`,
    background: colour.backgroundBody,
    boxShadow: '0 -4px 12px rgba(0, 0, 0, 0.1)',
  },
} as const
