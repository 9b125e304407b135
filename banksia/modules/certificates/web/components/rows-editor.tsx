import { useState } from 'react'
import { Button } from '@ag.ds-next/react/button'
import { TextInput } from '@ag.ds-next/react/text-input'
import { EditorButtons } from './editor-parts'

interface Column<Key extends string> {
  key: Key
  label: string
  narrow?: boolean
  /** Typed in figures. */
  decimal?: boolean
}

type Row<Key extends string> = Record<Key, string>

interface RowsEditorProps<Key extends string> {
  question: string
  columns: readonly Column<Key>[]
  /** The rows of an answer that was given; undefined where there is none yet. */
  start: readonly Row<Key>[] | undefined
  /** The words of the button that answers with no rows: `There are none`. */
  none: string
  /** Save the rows as typed, or say what is wrong with them. */
  onSave: (rows: readonly Row<Key>[]) => string | undefined
  onCancel?: () => void
}

/** An answer of several lines, each of the same fields; no line at all is an answer too. */
export function RowsEditor<Key extends string>(props: RowsEditorProps<Key>) {
  const { question, columns, start, none, onSave, onCancel } = props
  const blank = Object.fromEntries(columns.map(({ key }) => [key, ''])) as Row<Key>
  const [rows, setRows] = useState<readonly Row<Key>[]>(start ?? [blank])
  const [wrong, setWrong] = useState<string>()
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        setWrong(onSave(rows))
      }}
      css={{ display: 'grid', gap: '0.5rem' }}
    >
      <p css={{ fontSize: '0.875rem' }}>{question}</p>
      {rows.map((row, index) => (
        <div key={index} css={{ display: 'flex', flexWrap: 'wrap', gap: '0.5rem', alignItems: 'end' }}>
          {columns.map(({ key, label, narrow, decimal }) => (
            <TextInput
              key={key}
              label={label}
              hideOptionalLabel
              maxWidth={narrow ? 'sm' : undefined}
              inputMode={decimal ? 'decimal' : undefined}
              value={row[key]}
              onChange={({ target }) =>
                setRows(
                  rows.map((each, place) => (place === index ? { ...each, [key]: target.value } : each)),
                )
              }
            />
          ))}
          <Button
            size="sm"
            variant="text"
            onClick={() => setRows(rows.filter((_, place) => place !== index))}
          >
            Remove
          </Button>
        </div>
      ))}
      {wrong ? <p role="alert">{wrong}</p> : null}
      <div css={{ display: 'flex', gap: '0.75rem', flexWrap: 'wrap' }}>
        <Button size="sm" variant="tertiary" onClick={() => setRows([...rows, blank])}>
          Add a line
        </Button>
        <Button size="sm" variant="tertiary" onClick={() => onSave([])}>
          {none}
        </Button>
      </div>
      <EditorButtons onCancel={onCancel} />
    </form>
  )
}
