import { Button } from '@ag.ds-next/react/button'
import { TextInput } from '@ag.ds-next/react/text-input'
import { colour, Panel, slimButtons, visuallyHidden, type FieldError } from '@banksia/kit'
import type { QuestionFields, SectionFields } from '../api'
import { errorOf, errorsBelow } from './template-error'
import { kindsInWords } from './template-fields'
import { QuestionForm } from './template-question'

interface TemplateQuestionsProps {
  sections: readonly SectionFields[]
  errors: readonly FieldError[]
  onChange: (sections: SectionFields[]) => void
}

const BLANK: QuestionFields = {
  key: '',
  label: 'New question',
  ask: '',
  kind: 'text',
  yes: '',
  no: '',
  not_known: '',
  standard: '',
  attribute: '',
}

/** What the certificate asks, by section: where each answer comes from and what is printed for it. */
export function TemplateQuestions({ sections, errors, onChange }: TemplateQuestionsProps) {
  const put = (index: number, section: SectionFields) => {
    onChange(sections.map((each, place) => (place === index ? section : each)))
  }
  return (
    <Panel
      title="Sections and questions"
      hint="Officers answer these for each certificate. #sections() prints them all."
    >
      <ol css={{ listStyle: 'none', margin: 0, padding: 0, display: 'grid', gap: '0.5rem' }}>
        {sections.map((section, index) => (
          <li key={index}>
            <Section
              section={section}
              errors={errorsBelow(errors, `content.sections.${String(index)}.`)}
              onChange={(changed) => {
                put(index, changed)
              }}
              onRemove={
                sections.length > 1
                  ? () => {
                      onChange(sections.filter((_, place) => place !== index))
                    }
                  : undefined
              }
            />
          </li>
        ))}
      </ol>
      <p css={{ marginTop: '1rem', ...slimButtons }}>
        <Button
          size="sm"
          variant="secondary"
          onClick={() => {
            const number = String(sections.length + 1)
            onChange([...sections, { number, title: 'New section', part: '', questions: [] }])
          }}
        >
          Add a section
        </Button>
      </p>
    </Panel>
  )
}

interface SectionProps {
  section: SectionFields
  errors: readonly FieldError[]
  onChange: (section: SectionFields) => void
  onRemove?: () => void
}

function Section({ section, errors, onChange, onRemove }: SectionProps) {
  const { questions } = section
  const words = (name: 'number' | 'title' | 'part', label: string, wide = false) => (
    <TextInput
      label={label}
      hideOptionalLabel={name !== 'part'}
      maxWidth={wide ? 'xl' : 'xs'}
      value={section[name]}
      {...errorOf(errors, name)}
      onChange={(event) => {
        onChange({ ...section, [name]: event.target.value })
      }}
    />
  )
  return (
    <details open={errors.length > 0 || undefined} css={{ borderTop: `1px solid ${colour.borderMuted}` }}>
      <summary css={{ cursor: 'pointer', padding: '0.625rem 0' }}>
        <strong>{`${section.number}. ${section.title}`}</strong>
        <span css={{ color: colour.foregroundMuted }}>
          {` ${String(questions.length)} ${questions.length === 1 ? 'question' : 'questions'}`}
        </span>
      </summary>
      <div css={{ display: 'grid', gap: '1rem', padding: '0.5rem 0 1rem 1rem' }}>
        <div css={{ display: 'flex', flexWrap: 'wrap', gap: '1rem' }}>
          {words('number', 'Number')}
          {words('title', 'Title', true)}
          {words('part', 'New part above it', true)}
        </div>
        {questions.map((question, index) => {
          const own = errorsBelow(errors, `questions.${String(index)}.`)
          return (
            <details key={index} open={own.length > 0 || undefined} css={{ marginLeft: '0.5rem' }}>
              <summary css={{ cursor: 'pointer' }}>
                {question.label}
                <span css={{ color: colour.foregroundMuted }}>{`, ${kindsInWords[question.kind]}`}</span>
              </summary>
              <QuestionForm
                question={question}
                errors={own}
                onChange={(changed) => {
                  onChange({
                    ...section,
                    questions: questions.map((each, place) => (place === index ? changed : each)),
                  })
                }}
                onRemove={() => {
                  onChange({ ...section, questions: questions.filter((_, place) => place !== index) })
                }}
              />
            </details>
          )
        })}
        <p css={{ display: 'flex', gap: '0.75rem', ...slimButtons }}>
          <Button
            size="sm"
            variant="secondary"
            onClick={() => {
              onChange({ ...section, questions: [...questions, BLANK] })
            }}
          >
            Add a question<span css={visuallyHidden}>{` to ${section.title}`}</span>
          </Button>
          {onRemove ? (
            <Button size="sm" variant="text" onClick={onRemove}>
              Remove section<span css={visuallyHidden}>{` ${section.title}`}</span>
            </Button>
          ) : null}
        </p>
      </div>
    </details>
  )
}
