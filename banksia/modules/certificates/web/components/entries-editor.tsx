import { useState } from 'react'
import { Button } from '@ag.ds-next/react/button'
import { TextInput } from '@ag.ds-next/react/text-input'
import type { Answer, FieldRead } from '../api'
import { EditorButtons, EMPTY_ANSWER } from './editor-parts'

interface Row {
  number: string
  datedOn: string
  description: string
}

const BLANK: Row = { number: '', datedOn: '', description: '' }

/** Notices and orders: number, day, what they ask for; none at all is an answer too. */
export function EntriesEditor({
  field,
  onSave,
  onCancel,
}: {
  field: FieldRead
  onSave: (answer: Answer) => void
  onCancel?: () => void
}) {
  const [rows, setRows] = useState<Row[]>(
    () =>
      field.answer?.entries?.map((row) => ({
        number: row.number || '',
        datedOn: row.dated_on ?? '',
        description: row.description,
      })) ?? [BLANK],
  )
  const change = (index: number, part: Partial<Row>) => {
    setRows(rows.map((row, place) => (place === index ? { ...row, ...part } : row)))
  }
  const save = () => {
    const entries = rows
      .filter((row) => row.description.trim())
      .map((row) => ({
        number: row.number.trim(),
        dated_on: row.datedOn || null,
        description: row.description.trim(),
      }))
    onSave({ ...EMPTY_ANSWER, entries, choice: entries.length > 0 ? 'yes' : 'no' })
  }
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        save()
      }}
      css={{ display: 'grid', gap: '0.5rem' }}
    >
      <p css={{ fontSize: '0.875rem' }}>{field.question}</p>
      {rows.map((row, index) => (
        <div key={index} css={{ display: 'flex', flexWrap: 'wrap', gap: '0.5rem', alignItems: 'end' }}>
          <TextInput
            label="Number"
            hideOptionalLabel
            maxWidth="sm"
            value={row.number}
            onChange={(event) => {
              change(index, { number: event.target.value })
            }}
          />
          <TextInput
            label="Dated (yyyy-mm-dd)"
            hideOptionalLabel
            maxWidth="sm"
            value={row.datedOn}
            onChange={(event) => {
              change(index, { datedOn: event.target.value })
            }}
          />
          <TextInput
            label="What it asks for"
            hideOptionalLabel
            value={row.description}
            onChange={(event) => {
              change(index, { description: event.target.value })
            }}
          />
          <Button
            size="sm"
            variant="text"
            onClick={() => {
              setRows(rows.filter((_, place) => place !== index))
            }}
          >
            Remove
          </Button>
        </div>
      ))}
      <div css={{ display: 'flex', gap: '0.75rem', flexWrap: 'wrap' }}>
        <Button
          size="sm"
          variant="tertiary"
          onClick={() => {
            setRows([...rows, BLANK])
          }}
        >
          Add a line
        </Button>
        <Button
          size="sm"
          variant="tertiary"
          onClick={() => {
            onSave({ ...EMPTY_ANSWER, entries: [], choice: 'no' })
          }}
        >
          There are none
        </Button>
      </div>
      <EditorButtons onCancel={onCancel} />
    </form>
  )
}
