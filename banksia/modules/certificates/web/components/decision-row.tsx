import type { PropsWithChildren } from 'react'
import { formatTime } from '@banksia/kit'
import type { DraftRead, FieldRead } from '../api'
import { OpenValues, UnsavedAnswers } from './open-values'

interface DecisionRowProps {
  /** Says beside the button what is still open, and when the draft was saved. */
  draft?: DraftRead
  /** What is answered on the page and not stored. */
  unsaved?: readonly FieldRead[]
  saving?: boolean
}

/** The foot of a decision about a certificate: where its draft stands at the left, its button at the right. */
export function DecisionRow(props: PropsWithChildren<DecisionRowProps>) {
  const { draft, unsaved = [], saving = false, children } = props
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
            <OpenValues draft={draft} /> <UnsavedAnswers unsaved={unsaved} />{' '}
            {saving ? 'Saving' : draft.saved_at ? `Saved ${formatTime(draft.saved_at)}` : ''}
          </>
        ) : null}
      </span>
      {children}
    </div>
  )
}
