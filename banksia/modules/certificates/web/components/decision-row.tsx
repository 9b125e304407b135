import type { PropsWithChildren } from 'react'
import { formatTime } from '@banksia/kit'
import type { DraftRead } from '../api'
import { OpenValues } from './open-values'

interface DecisionRowProps {
  /** Says beside the button what is still open, and when the draft was saved. */
  draft?: DraftRead
  saving?: boolean
}

/** The foot of a decision about a certificate: where its draft stands at the left, its button at the right. */
export function DecisionRow({ draft, saving = false, children }: PropsWithChildren<DecisionRowProps>) {
  return (
    <div
      id="decision"
      css={{
        display: 'flex',
        flexWrap: 'wrap',
        alignItems: 'center',
        justifyContent: 'space-between',
        gap: '0.75rem',
      }}
    >
      <span role={draft ? 'status' : undefined} css={{ fontSize: '0.875rem' }}>
        {draft ? (
          <>
            <OpenValues draft={draft} />{' '}
            {saving ? 'Saving' : draft.saved_at ? `Saved ${formatTime(draft.saved_at)}` : ''}
          </>
        ) : null}
      </span>
      {children}
    </div>
  )
}
