import { useId, useState } from 'react'
import { Button } from '@ag.ds-next/react/button'
import { Textarea } from '@ag.ds-next/react/textarea'
import { ActionButton } from '@banksia/kit'
import { AmountsEditor } from './amounts-editor'
import { type AnswerProps, EditorButtons, EMPTY_ANSWER } from './editor-parts'
import { EntriesEditor } from './entries-editor'

const CHOICES = [
  { value: 'yes', label: 'Yes' },
  { value: 'no', label: 'No' },
  { value: 'not_known', label: 'Not known to council' },
] as const

/** The answer to one question, as its kind needs it. */
export function AnswerEditor(props: AnswerProps) {
  const { kind } = props.field
  if (kind === 'choice') return <ChoiceEditor {...props} />
  if (kind === 'text') return <TextEditor {...props} />
  if (kind === 'amounts') return <AmountsEditor {...props} />
  return <EntriesEditor {...props} />
}

/** Buttons, since choosing saves: among radios the arrow keys would save each answer on the way to the right one. */
function ChoiceEditor({ field, saving, onSave, onEdited, onCancel }: AnswerProps) {
  const id = useId()
  const [chosen, setChosen] = useState(field.answer?.choice)
  return (
    <div role="group" aria-labelledby={id}>
      <p id={id} css={{ fontSize: '0.875rem', marginBottom: '0.375rem' }}>
        {field.question}
      </p>
      <div css={{ display: 'flex', flexWrap: 'wrap', gap: '0.5rem' }}>
        {CHOICES.map(({ value, label }) => (
          <ActionButton
            key={value}
            size="sm"
            variant="secondary"
            aria-pressed={chosen === value}
            loading={saving && chosen === value}
            onClick={() => {
              setChosen(value)
              onEdited(true)
              onSave({ ...EMPTY_ANSWER, choice: value })
            }}
          >
            {label}
          </ActionButton>
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

function TextEditor({ field, saving, onSave, onEdited, onCancel }: AnswerProps) {
  const [begun] = useState(field.answer?.text ?? '')
  const [text, setText] = useState(begun)
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
          onEdited(event.target.value !== begun)
        }}
      />
      <EditorButtons saving={saving} onCancel={onCancel} />
    </form>
  )
}
