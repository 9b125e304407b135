import type { PropsWithChildren, ReactNode } from 'react'
import { colour } from '../theme/tokens'

/** One sentence what this is and, where there is one, the action that fills it. No picture. */
export function EmptyState({ action, children }: PropsWithChildren<{ action?: ReactNode }>) {
  return (
    <div css={{ padding: '1.5rem 1rem', color: colour.foregroundMuted, fontSize: '0.9375rem' }}>
      <p css={{ maxWidth: '42em' }}>{children}</p>
      {action ? <div css={{ marginTop: '0.75rem' }}>{action}</div> : null}
    </div>
  )
}
