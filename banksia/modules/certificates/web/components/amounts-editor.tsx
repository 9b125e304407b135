import { moneyInput, parseMoney } from '@banksia/kit'
import { type AnswerProps, EMPTY_ANSWER } from './editor-parts'
import { RowsEditor } from './rows-editor'

const COLUMNS = [
  { key: 'description', label: 'Rate or charge' },
  { key: 'dueOn', label: 'Due (yyyy-mm-dd)', narrow: true },
  { key: 'amount', label: 'Amount $', narrow: true, decimal: true },
] as const

/** Rates and charges: what, when due, how much. */
export function AmountsEditor({ field, onSave, onCancel }: AnswerProps) {
  return (
    <RowsEditor
      question={field.question}
      columns={COLUMNS}
      start={field.answer?.amounts?.map((row) => ({
        description: row.description,
        dueOn: row.due_on ?? '',
        amount: moneyInput(row.amount_cents),
      }))}
      none="Nothing is owed"
      onCancel={onCancel}
      onSave={(rows) => {
        const amounts = rows
          .filter((row) => row.description.trim() || row.amount.trim())
          .map((row) => ({
            description: row.description.trim(),
            due_on: row.dueOn || null,
            amount_cents: parseMoney(row.amount) ?? NaN,
          }))
        if (amounts.some((row) => !row.description || Number.isNaN(row.amount_cents)))
          return 'Each line needs words and an amount such as 412.50.'
        onSave({ ...EMPTY_ANSWER, amounts, choice: amounts.length > 0 ? 'yes' : 'no' })
        return undefined
      }}
    />
  )
}
