import { Button } from '@ag.ds-next/react/button'
import { Select } from '@ag.ds-next/react/select'
import { TextInput } from '@ag.ds-next/react/text-input'
import { Textarea } from '@ag.ds-next/react/textarea'
import { slimButtons, visuallyHidden, type FieldError } from '@banksia/kit'
import type { QuestionFields } from '../api'
import { errorOf } from './template-error'
import { kindsInWords } from './template-fields'

interface QuestionFormProps {
  question: QuestionFields
  errors: readonly FieldError[]
  onChange: (question: QuestionFields) => void
  onRemove: () => void
}

const KINDS = Object.entries(kindsInWords).map(([value, words]) => ({
  value,
  label: words.charAt(0).toUpperCase() + words.slice(1),
}))
const CHOICES = [
  { value: '', label: 'None: an officer answers' },
  { value: 'yes', label: 'Yes' },
  { value: 'no', label: 'No' },
  { value: 'not_known', label: 'Not known to council' },
]

/** One question: what it is called, who answers it first, and what each answer prints. */
export function QuestionForm({ question, errors, onChange, onRemove }: QuestionFormProps) {
  const { kind } = question
  const put = (changes: Partial<QuestionFields>) => {
    onChange({ ...question, ...changes })
  }
  const line = (name: 'key' | 'label' | 'attribute', label: string, hint?: string) => (
    <TextInput
      label={label}
      hint={hint}
      hideOptionalLabel={name !== 'attribute'}
      maxWidth="xl"
      value={question[name]}
      {...errorOf(errors, name)}
      onChange={(event) => {
        put({ [name]: event.target.value })
      }}
    />
  )
  const words = (name: 'ask' | 'yes' | 'no' | 'not_known' | 'standard', label: string, optional = false) => (
    <Textarea
      label={label}
      hideOptionalLabel={!optional}
      block
      rows={2}
      value={question[name]}
      {...errorOf(errors, name)}
      onChange={(event) => {
        put({ [name]: event.target.value })
      }}
    />
  )
  return (
    <div css={{ display: 'grid', gap: '1rem', padding: '0.75rem 0 0.75rem 1rem' }}>
      {line('label', 'Label')}
      {line('key', 'Key', 'Small letters, digits and _. Answers that officers gave are kept under it.')}
      <Select
        label="Answered by"
        hideOptionalLabel
        value={kind}
        options={KINDS}
        onChange={(event) => {
          put({ kind: event.target.value as QuestionFields['kind'] })
        }}
      />
      {words('ask', 'Asked of the officer', true)}
      {line('attribute', 'Attribute that answers it', 'Its code. Empty takes the attribute of the same key.')}
      {kind === 'text' ? (
        words('standard', 'Usual answer', true)
      ) : (
        <>
          {words('yes', 'What yes prints')}
          {words('no', 'What no prints')}
          {kind === 'choice' ? words('not_known', 'What not known prints', true) : null}
          <Select
            label="Usual answer"
            hideOptionalLabel
            value={question.standard}
            options={
              kind === 'choice' ? CHOICES : CHOICES.filter(({ value }) => value === '' || value === 'no')
            }
            {...errorOf(errors, 'standard')}
            onChange={(event) => {
              put({ standard: event.target.value })
            }}
          />
        </>
      )}
      <p css={slimButtons}>
        <Button size="sm" variant="text" onClick={onRemove}>
          Remove question<span css={visuallyHidden}>{` ${question.label}`}</span>
        </Button>
      </p>
    </div>
  )
}
