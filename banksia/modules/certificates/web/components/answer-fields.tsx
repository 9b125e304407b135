import { useState } from 'react'
import { Radio } from '@ag.ds-next/react/radio'
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
  if (field.kind === 'choice') return <ChoiceEditor field={field} onSave={onSave} />
  if (field.kind === 'text') return <TextEditor field={field} onSave={onSave} onCancel={onCancel} />
  if (field.kind === 'amounts') return <AmountsEditor field={field} onSave={onSave} onCancel={onCancel} />
  return <EntriesEditor field={field} onSave={onSave} onCancel={onCancel} />
}

function ChoiceEditor({ field, onSave }: AnswerProps) {
  return (
    <fieldset css={{ border: 0, margin: 0, padding: 0 }}>
      <legend css={{ fontSize: '0.875rem', padding: 0, marginBottom: '0.25rem' }}>{field.question}</legend>
      <div css={{ display: 'flex', flexWrap: 'wrap', gap: '0.25rem 1.25rem' }}>
        {CHOICES.map(({ value, label }) => (
          <Radio
            key={value}
            size="sm"
            name={`answer-${field.key}`}
            checked={field.answer?.choice === value}
            onChange={() => {
              onSave({ ...EMPTY_ANSWER, choice: value })
            }}
          >
            {label}
          </Radio>
        ))}
      </div>
    </fieldset>
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
