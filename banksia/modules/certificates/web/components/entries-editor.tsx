import { type AnswerProps, EMPTY_ANSWER } from './editor-parts'
import { RowsEditor } from './rows-editor'

const COLUMNS = [
  { key: 'number', label: 'Number', narrow: true },
  { key: 'dated_on', label: 'Dated', kind: 'date' },
  {
    key: 'description',
    label: 'What it asks for',
    lacks: (typed: string) => (typed.trim() ? undefined : 'Each line needs what it asks for.'),
  },
] as const

/** Notices and orders: number, day, what they ask for. */
export function EntriesEditor({ field, onSave, ...editor }: AnswerProps) {
  return (
    <RowsEditor
      {...editor}
      question={field.question}
      path={`answers.${field.key}.entries`}
      columns={COLUMNS}
      start={field.answer?.entries?.map((row) => ({
        number: row.number || '',
        dated_on: row.dated_on ?? '',
        description: row.description,
      }))}
      none="There are none"
      onSave={(rows) => {
        const entries = rows.map((row) => ({
          number: row.number.trim(),
          dated_on: row.dated_on || null,
          description: row.description.trim(),
        }))
        onSave({ ...EMPTY_ANSWER, entries, choice: entries.length > 0 ? 'yes' : 'no' })
      }}
    />
  )
}
