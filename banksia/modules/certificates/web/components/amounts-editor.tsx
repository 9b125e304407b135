import { moneyInput, parseMoney } from '@banksia/kit'
import { type AnswerProps, EMPTY_ANSWER } from './editor-parts'
import { RowsEditor } from './rows-editor'

const centsOf = (typed: string) => parseMoney(typed) ?? NaN

const COLUMNS = [
  {
    key: 'description',
    label: 'Rate or charge',
    lacks: (typed: string) => (typed.trim() ? undefined : 'Each line needs words.'),
  },
  { key: 'due_on', label: 'Due', kind: 'date' },
  {
    key: 'amount_cents',
    label: 'Amount $',
    narrow: true,
    kind: 'decimal',
    lacks: (typed: string) =>
      Number.isNaN(centsOf(typed)) ? 'Each line needs an amount such as 412.50.' : undefined,
  },
] as const

/** Rates and charges: what, when due, how much. */
export function AmountsEditor({ field, onSave, ...editor }: AnswerProps) {
  return (
    <RowsEditor
      {...editor}
      question={field.question}
      path={`answers.${field.key}.amounts`}
      columns={COLUMNS}
      start={field.answer?.amounts?.map((row) => ({
        description: row.description,
        due_on: row.due_on ?? '',
        amount_cents: moneyInput(row.amount_cents),
      }))}
      none="Nothing is owed"
      onSave={(rows) => {
        const amounts = rows.map((row) => ({
          description: row.description.trim(),
          due_on: row.due_on || null,
          amount_cents: centsOf(row.amount_cents),
        }))
        onSave({ ...EMPTY_ANSWER, amounts, choice: amounts.length > 0 ? 'yes' : 'no' })
      }}
    />
  )
}
