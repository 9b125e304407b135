import { Button } from '@ag.ds-next/react/button'
import { ErrorPanel, Notice, slimButtons } from '@banksia/kit'
import type { DraftRead } from '../api'
import { inWords } from './answer-words'
import type { Answers, SaveAnswers } from './use-save-answers'

interface TwoAnswersProps {
  draft: DraftRead
  /** The answers that could not be saved, by question: somebody else had saved before. */
  unsaved: Answers
  /** Why one of them was not saved either. */
  errors: SaveAnswers['errors']
  onMine: (key: string) => void
  onTheirs: (key: string) => void
}

/** Two people, or two tabs, answered at the same time: both answers stand here until one is chosen. */
export function TwoAnswers({ draft, unsaved, errors, onMine, onTheirs }: TwoAnswersProps) {
  const fields = draft.sections.flatMap((section) => section.fields).filter(({ key }) => unsaved[key])
  if (fields.length === 0) return null
  const who = draft.saved_by_name ?? 'Somebody else'
  return (
    <Notice tone="warning" role="alert" title={`${who} changed this after you opened it`}>
      <p>Your answers are kept here. Choose which ones stand before you issue.</p>
      {fields.map((field) => (
        <section
          key={field.key}
          id={`two-answers-${field.key}`}
          tabIndex={-1}
          aria-label={`Two answers to ${field.label}`}
          css={{ marginTop: '0.75rem', ...slimButtons }}
        >
          <strong>{field.label}</strong>
          {errors[field.key] ? (
            <ErrorPanel title="Your answer was not saved" error={errors[field.key]} />
          ) : null}
          <dl css={{ display: 'grid', gridTemplateColumns: 'auto minmax(0, 1fr)', gap: '0.125rem 0.75rem' }}>
            <dt>Yours</dt>
            <dd>{inWords({ answer: unsaved[field.key] ?? null, statement: null })}</dd>
            <dt>Theirs</dt>
            <dd>{inWords(field)}</dd>
          </dl>
          <div css={{ display: 'flex', flexWrap: 'wrap', gap: '0.5rem', marginTop: '0.375rem' }}>
            <Button
              size="sm"
              variant="secondary"
              onClick={() => {
                onMine(field.key)
              }}
            >
              {`Use mine for ${field.label}`}
            </Button>
            <Button
              size="sm"
              variant="secondary"
              onClick={() => {
                onTheirs(field.key)
              }}
            >
              {`Keep theirs for ${field.label}`}
            </Button>
          </div>
        </section>
      ))}
    </Notice>
  )
}
