import type { PropsWithChildren, ReactNode } from 'react'
import { colour, PHONE, slimButtons } from '../theme/tokens'
import { useTitle } from './use-title'

interface StaffPageProps {
  title: string
  /** The small line above: `Queue / Mine, 8 of 12`, its first part the way back. */
  where?: ReactNode
  /** A badge beside the title. */
  badge?: ReactNode
  /** A line of facts under the title. */
  facts?: ReactNode
  /** At the right; one primary at most. */
  actions?: ReactNode
  views?: ReactNode
  aside?: ReactNode
  /** 23rem, or 32.5rem for a PDF. */
  asideWidth?: '23rem' | '32.5rem'
}

/** A page of the back office: title with facts, actions at the right, views, then the list or panels. */
export function StaffPage({
  title,
  where,
  badge,
  facts,
  actions,
  views,
  aside,
  asideWidth = '23rem',
  children,
}: PropsWithChildren<StaffPageProps>) {
  useTitle(title)
  return (
    <div
      css={{
        boxSizing: 'border-box',
        maxWidth: '90rem',
        padding: '1.25rem 1.75rem 2.5rem',
        fontSize: '0.9375rem',
        [PHONE]: { padding: '1rem 1rem 2rem' },
      }}
    >
      <header
        css={{
          display: 'flex',
          flexWrap: 'wrap',
          alignItems: 'center',
          justifyContent: 'space-between',
          gap: '0.75rem 1rem',
          marginBottom: '1rem',
        }}
      >
        <div css={{ minWidth: 0 }}>
          {where ? <div css={{ fontSize: '0.875rem', color: colour.foregroundMuted }}>{where}</div> : null}
          <div css={{ display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: '0.25rem 0.75rem' }}>
            <h1
              tabIndex={-1}
              css={{ fontSize: '1.5rem', lineHeight: 1.25, [PHONE]: { fontSize: '1.375rem' } }}
            >
              {title}
            </h1>
            {badge}
          </div>
          {facts ? <div css={{ color: colour.foregroundMuted }}>{facts}</div> : null}
        </div>
        {actions ? (
          <div
            css={{ display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: '0.5rem', ...slimButtons }}
          >
            {actions}
          </div>
        ) : null}
      </header>
      {views ? <div css={{ marginBottom: '1rem' }}>{views}</div> : null}
      {aside ? (
        <div
          css={{
            display: 'grid',
            gridTemplateColumns: `minmax(0, 1fr) ${asideWidth}`,
            gap: '1.25rem 1.5rem',
            alignItems: 'start',
            '@media (max-width: 1023px)': { gridTemplateColumns: 'minmax(0, 1fr)' },
          }}
        >
          <div css={stack}>{children}</div>
          <aside css={stack}>{aside}</aside>
        </div>
      ) : (
        <div css={stack}>{children}</div>
      )}
    </div>
  )
}

const stack = { display: 'grid', gap: '1.125rem', gridTemplateColumns: 'minmax(0, 1fr)' } as const
