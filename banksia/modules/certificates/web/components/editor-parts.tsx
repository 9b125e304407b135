import { Button } from '@ag.ds-next/react/button'
import type { Answer, FieldRead } from '../api'

export interface AnswerProps {
  field: FieldRead
  onSave: (answer: Answer) => void
  onCancel?: () => void
}

export const EMPTY_ANSWER: Answer = { choice: null, text: null, amounts: null, entries: null }

/** Save, or leave it. */
export function EditorButtons({ onCancel }: { onCancel?: () => void }) {
  return (
    <div css={{ display: 'flex', gap: '0.75rem' }}>
      <Button type="submit" size="sm" variant="secondary">
        Save answer
      </Button>
      {onCancel ? (
        <Button size="sm" variant="text" onClick={onCancel}>
          Keep as it is
        </Button>
      ) : null}
    </div>
  )
}
