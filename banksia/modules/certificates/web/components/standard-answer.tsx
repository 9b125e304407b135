import { useState } from 'react'
import { useQueryClient } from '@tanstack/react-query'
import { Button } from '@ag.ds-next/react/button'
import {
  colour,
  Form,
  formatDate,
  PHONE,
  RadioField,
  SubmitButton,
  TextareaField,
  useKitForm,
} from '@banksia/kit'
import { z } from 'zod'
import { changeStandardAnswer, type StandardAnswerRead } from '../api'

const schema = z.object({ answer: z.string().trim().max(5000) })
const WORDS: Record<string, string> = { yes: 'Yes', no: 'No', not_known: 'Not known to council' }

/** One question with the council's answer for all of its land, and the way to change it. */
export function StandardAnswer({ read }: { read: StandardAnswerRead }) {
  const [isOpen, setIsOpen] = useState(false)
  const close = () => {
    setIsOpen(false)
  }
  return (
    <li css={row}>
      <div css={{ minWidth: 0 }}>
        <strong>{read.label}</strong>
        {isOpen ? <AnswerForm read={read} onDone={close} /> : <Answered read={read} />}
      </div>
      {isOpen ? null : (
        <Button
          size="sm"
          variant="secondary"
          aria-label={`${read.answer === null ? 'Answer' : 'Change'} ${read.label}`}
          onClick={() => {
            setIsOpen(true)
          }}
        >
          {read.answer === null ? 'Answer' : 'Change'}
        </Button>
      )}
    </li>
  )
}

function Answered({ read }: { read: StandardAnswerRead }) {
  const { answer, usual, is_recorded, changed_at, changed_by_name } = read
  return (
    <div css={{ display: 'grid', gap: '0.125rem', maxWidth: '42em' }}>
      <span css={{ overflowWrap: 'anywhere' }}>
        {answer === null ? noneOf(usual, is_recorded) : inWords(read, answer)}
      </span>
      {answer !== null && (changed_at || is_recorded) ? (
        <span css={muted}>
          {changed_at ? `Since ${formatDate(changed_at)}, by ${changed_by_name ?? ''}. ` : ''}
          {is_recorded ? 'What is recorded of a lot comes before it.' : ''}
        </span>
      ) : null}
    </div>
  )
}

/** What happens where the council says nothing for all of its land. */
function noneOf(usual: string | null, isRecorded: boolean): string {
  const first = isRecorded ? 'Answered by what is recorded of the lot' : ''
  const said = WORDS[usual ?? ''] ? `${WORDS[usual ?? ''] ?? ''}.` : usual
  const then = said === null ? 'by an officer' : `by the template: ${said}`
  if (first) return `${first}, else ${then}${usual === null ? '.' : ''}`
  return usual === null ? 'Answered by an officer for each certificate.' : `Answered ${then}`
}

/** `No: The land is not affected.`, or the words of a text. */
function inWords({ choices }: StandardAnswerRead, answer: string): string {
  const printed = choices.find(({ value }) => value === answer)?.words
  const word = WORDS[answer]
  if (choices.length === 0 || word === undefined) return answer
  return printed ? `${word}: ${printed}` : word
}

function AnswerForm({ read, onDone }: { read: StandardAnswerRead; onDone: () => void }) {
  const queryClient = useQueryClient()
  const form = useKitForm({
    schema,
    defaultValues: { answer: read.answer ?? '' },
    onSubmit: async ({ answer }) => {
      const body = { answer: answer || null, seen: read.answer }
      await changeStandardAnswer({ path: { question_key: read.key }, body, throwOnError: true })
      await queryClient.invalidateQueries()
      onDone()
    },
  })
  const isForgotten = read.products.length === 0
  return (
    <div css={{ marginTop: '0.75rem' }}>
      <Form form={form} label={read.label}>
        {read.kind === 'text' && !isForgotten ? (
          <TextareaField
            name="answer"
            label="What certificates of all land say"
            hint="Leave it empty for no answer."
            optional
            rows={3}
          />
        ) : (
          <RadioField
            name="answer"
            label="The answer for all land"
            choices={[
              ...(isForgotten && read.answer !== null
                ? [{ value: read.answer, label: WORDS[read.answer] ?? read.answer }]
                : read.choices.map(({ value, words }) => ({
                    value,
                    label: WORDS[value] ?? value,
                    detail: words,
                  }))),
              { value: '', label: 'None for all land' },
            ]}
          />
        )}
        <SubmitButton
          beside={
            <Button variant="text" onClick={onDone}>
              Cancel
            </Button>
          }
        >
          Save answer
        </SubmitButton>
      </Form>
    </div>
  )
}

const muted = { fontSize: '0.875rem', color: colour.foregroundMuted } as const
const row = {
  display: 'grid',
  gridTemplateColumns: 'minmax(0, 1fr) auto',
  alignItems: 'start',
  gap: '0.5rem 1rem',
  padding: '0.75rem 1rem',
  borderTop: `1px solid ${colour.borderMuted}`,
  '&:first-of-type': { borderTop: 0 },
  [PHONE]: { gridTemplateColumns: 'minmax(0, 1fr)', justifyItems: 'start' },
} as const
