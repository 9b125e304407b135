import { Button } from '@ag.ds-next/react/button'
import { ActionButton } from '@banksia/kit'
import type { Answer, FieldRead } from '../api'

export interface AnswerProps {
  field: FieldRead
  /** Why the answer was not saved. */
  error?: unknown
  saving: boolean
  onSave: (answer: Answer) => void
  /** Called with each change: whether what is typed differs from what the editor began with. */
  onEdited: (isEdited: boolean) => void
  onCancel?: () => void
}

export const EMPTY_ANSWER: Answer = { choice: null, text: null, amounts: null, entries: null }

/** Save, or leave it. */
export function EditorButtons({ saving, onCancel }: Pick<AnswerProps, 'saving' | 'onCancel'>) {
  return (
    <div css={{ display: 'flex', gap: '0.75rem' }}>
      <ActionButton type="submit" size="sm" variant="secondary" loading={saving}>
        Save answer
      </ActionButton>
      {onCancel ? (
        <Button size="sm" variant="text" onClick={onCancel}>
          Keep as it is
        </Button>
      ) : null}
    </div>
  )
}
