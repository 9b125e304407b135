import type { ReactNode } from 'react'
import { colour, PHONE, slimButtons } from '../theme/tokens'

export interface ListRow {
  key: string
  title: ReactNode
  detail?: ReactNode
  /** State, money or a button at the right; under the text on a phone when `stack` is set. */
  end?: ReactNode
}

/** A plain list: rows with a line between them, for what is read rather than compared. */
export function RowList({
  rows,
  stack = false,
  inset = false,
}: {
  rows: readonly ListRow[]
  stack?: boolean
  inset?: boolean
}) {
  return (
    <ul css={{ listStyle: 'none' }}>
      {rows.map((row, index) => (
        <li
          key={row.key}
          css={{
            display: 'flex',
            justifyContent: 'space-between',
            alignItems: 'center',
            gap: '0.5rem 1rem',
            padding: inset ? '0.75rem 1rem' : '0.75rem 0',
            borderTop: index > 0 || !inset ? `1px solid ${colour.borderMuted}` : undefined,
            [PHONE]: stack ? { flexDirection: 'column', alignItems: 'flex-start' } : {},
          }}
        >
          <div css={{ minWidth: 0 }}>
            <div>{row.title}</div>
            {row.detail ? (
              <div css={{ fontSize: '0.9375rem', color: colour.foregroundMuted }}>{row.detail}</div>
            ) : null}
          </div>
          {row.end ? (
            <div
              css={{
                flexShrink: 0,
                maxWidth: stack ? undefined : '50%',
                ...slimButtons,
                display: 'flex',
                flexWrap: 'wrap',
                alignItems: 'center',
                justifyContent: stack ? undefined : 'flex-end',
                gap: '0.5rem 1rem',
              }}
            >
              {row.end}
            </div>
          ) : null}
        </li>
      ))}
    </ul>
  )
}
