import { type AnswerProps, EMPTY_ANSWER } from './editor-parts'
import { RowsEditor } from './rows-editor'

const COLUMNS = [
  { key: 'number', label: 'Number', narrow: true },
  { key: 'datedOn', label: 'Dated (yyyy-mm-dd)', narrow: true },
  { key: 'description', label: 'What it asks for' },
] as const

/** Notices and orders: number, day, what they ask for. */
export function EntriesEditor({ field, onSave, onCancel }: AnswerProps) {
  return (
    <RowsEditor
      question={field.question}
      columns={COLUMNS}
      start={field.answer?.entries?.map((row) => ({
        number: row.number || '',
        datedOn: row.dated_on ?? '',
        description: row.description,
      }))}
      none="There are none"
      onCancel={onCancel}
      onSave={(rows) => {
        const entries = rows
          .filter((row) => row.description.trim())
          .map((row) => ({
            number: row.number.trim(),
            dated_on: row.datedOn || null,
            description: row.description.trim(),
          }))
        onSave({ ...EMPTY_ANSWER, entries, choice: entries.length > 0 ? 'yes' : 'no' })
        return undefined
      }}
    />
  )
}
