import { useRef, useState } from 'react'
import { Button } from '@ag.ds-next/react/button'
import { EditIcon } from '@ag.ds-next/react/icon'
import { ChangedTag, colour, ErrorPanel, PHONE, Status, Tag } from '@banksia/kit'
import type { Answer, FieldRead, KnownChange } from '../api'
import { AnswerEditor } from './answer-fields'
import { inWords, origin } from './answer-words'
import { useFocusAfterAnswer } from './draft-focus'
import type { SaveAnswers } from './use-save-answers'

interface DraftFieldProps {
  field: FieldRead
  change?: KnownChange
  first: boolean
  editable: boolean
  save: SaveAnswers
}

/** One question: its answer and where it comes from, or the editor that stays open until an answer is stored. */
export function DraftField({ field, change, first, editable, save }: DraftFieldProps) {
  const box = useRef<HTMLDivElement>(null)
  const { open, editing, ...editor } = useEditor({ field, editable, save })
  useFocusAfterAnswer(box, open, editing)
  // Two answers that stand side by side tell the error themselves.
  const error = save.unsaved[field.key] ? undefined : save.errors[field.key]
  return (
    <div
      ref={box}
      id={`field-${field.key}`}
      data-open-value={open && (field.is_unknown || !editing) ? true : undefined}
      tabIndex={-1}
      css={{
        padding: '0.625rem 1rem',
        borderTop: first ? undefined : `1px solid ${colour.borderMuted}`,
        borderLeft: field.is_unknown ? `4px solid ${colour.systemWarning}` : undefined,
        background: field.is_unknown ? colour.systemWarningMuted : undefined,
      }}
    >
      {change ? (
        <p css={{ fontSize: '0.875rem', marginBottom: '0.375rem' }}>
          <Tag tone="changed">Changed since you drafted</Tag>{' '}
          {`${change.before ?? 'Not asked'} → ${change.now}`}
        </p>
      ) : null}
      {error ? (
        <div css={{ marginBottom: '0.5rem' }}>
          <ErrorPanel title="The answer was not saved" error={error} />
        </div>
      ) : null}
      {open ? (
        <div css={{ display: 'grid', gap: '0.375rem' }}>
          <div css={{ display: 'flex', justifyContent: 'space-between', gap: '1rem' }}>
            <strong>{field.label}</strong>
            {field.is_unknown ? <Status word="Unknown" /> : null}
          </div>
          <AnswerEditor
            field={field}
            error={error}
            saving={save.underWay.includes(field.key)}
            onSave={(answer) => {
              void editor.save(answer)
            }}
            onEdited={editor.note}
            onCancel={field.is_unknown && editable ? undefined : editor.cancel}
          />
        </div>
      ) : (
        <Answered field={field} onEdit={editable ? editor.edit : undefined} />
      )}
    </div>
  )
}

interface EditorOptions {
  field: FieldRead
  editable: boolean
  save: SaveAnswers
}

/** Whether the editor of a question is open: as long as it holds what is not stored, whatever else happens. */
function useEditor({ field: { key, is_unknown }, editable, save }: EditorOptions) {
  const [editing, setEditing] = useState(false)
  const edits = useRef(0)
  const sent = useRef<number>(undefined)
  const close = () => {
    sent.current = undefined
    setEditing(false)
    save.note(key, false)
  }
  return {
    editing,
    open: save.edited.includes(key) || (editable && (editing || is_unknown)),
    edit: () => {
      setEditing(true)
    },
    note: (isEdited: boolean) => {
      edits.current += 1
      // What was sent may be what stands by now: what the editor began with is a change of it too.
      save.note(key, isEdited || sent.current !== undefined)
    },
    save: async (answer: Answer) => {
      const now = edits.current
      if (save.underWay.includes(key) && sent.current === now) return
      sent.current = now
      // What was typed on meanwhile is not stored yet: it stays.
      if ((await save.answer(key, answer)) && edits.current === now) close()
    },
    cancel: () => {
      close()
      save.drop(key)
    },
  }
}

function Answered({ field, onEdit }: { field: FieldRead; onEdit?: () => void }) {
  return (
    <div
      css={{
        display: 'grid',
        gridTemplateColumns: '11rem minmax(0, 1fr) auto',
        gap: '0.25rem 1rem',
        alignItems: 'start',
        [PHONE]: { gridTemplateColumns: 'minmax(0, 1fr) auto' },
      }}
    >
      <span css={{ color: colour.foregroundMuted, [PHONE]: { gridColumn: '1 / -1' } }}>{field.label}</span>
      <div>
        <strong>{inWords(field)}</strong> {field.is_changed ? <ChangedTag /> : null}
        <p css={{ fontSize: '0.8125rem', color: colour.foregroundMuted }}>{origin(field)}</p>
      </div>
      {onEdit ? (
        <Button
          size="sm"
          variant="text"
          iconBefore={EditIcon}
          onClick={onEdit}
          aria-label={`Change ${field.label}`}
        >
          {''}
        </Button>
      ) : null}
    </div>
  )
}
