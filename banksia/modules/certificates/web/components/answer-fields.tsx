import { useId, useState } from 'react'
import { Button } from '@ag.ds-next/react/button'
import { Textarea } from '@ag.ds-next/react/textarea'
import { AmountsEditor } from './amounts-editor'
import { type AnswerProps, EditorButtons, EMPTY_ANSWER } from './editor-parts'
import { EntriesEditor } from './entries-editor'

const CHOICES = [
  { value: 'yes', label: 'Yes' },
  { value: 'no', label: 'No' },
  { value: 'not_known', label: 'Not known to council' },
] as const

/** The answer to one question, as its kind needs it. */
export function AnswerEditor({ field, onSave, onCancel }: AnswerProps) {
  if (field.kind === 'choice') return <ChoiceEditor field={field} onSave={onSave} onCancel={onCancel} />
  if (field.kind === 'text') return <TextEditor field={field} onSave={onSave} onCancel={onCancel} />
  if (field.kind === 'amounts') return <AmountsEditor field={field} onSave={onSave} onCancel={onCancel} />
  return <EntriesEditor field={field} onSave={onSave} onCancel={onCancel} />
}

/** Buttons, since choosing saves: among radios the arrow keys would save each answer on the way to the right one. */
function ChoiceEditor({ field, onSave, onCancel }: AnswerProps) {
  const id = useId()
  return (
    <div role="group" aria-labelledby={id}>
      <p id={id} css={{ fontSize: '0.875rem', marginBottom: '0.375rem' }}>
        {field.question}
      </p>
      <div css={{ display: 'flex', flexWrap: 'wrap', gap: '0.5rem' }}>
        {CHOICES.map(({ value, label }) => (
          <Button
            key={value}
            size="sm"
            variant="secondary"
            aria-pressed={field.answer?.choice === value}
            onClick={() => {
              onSave({ ...EMPTY_ANSWER, choice: value })
            }}
          >
            {label}
          </Button>
        ))}
        {onCancel ? (
          <Button size="sm" variant="text" onClick={onCancel}>
            Keep as it is
          </Button>
        ) : null}
      </div>
    </div>
  )
}

function TextEditor({ field, onSave, onCancel }: AnswerProps) {
  const [text, setText] = useState(field.answer?.text ?? '')
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        onSave({ ...EMPTY_ANSWER, text: text.trim() || null })
      }}
      css={{ display: 'grid', gap: '0.5rem' }}
    >
      <Textarea
        label={field.question}
        hideOptionalLabel
        block
        rows={3}
        value={text}
        onChange={(event) => {
          setText(event.target.value)
        }}
      />
      <EditorButtons onCancel={onCancel} />
    </form>
  )
}
