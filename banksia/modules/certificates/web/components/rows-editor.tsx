import { useEffect, useRef, useState } from 'react'
import { Button } from '@ag.ds-next/react/button'
import { TextInput } from '@ag.ds-next/react/text-input'
import { problemOf } from '@banksia/kit'
import { type AnswerProps, EditorButtons } from './editor-parts'
import { errorsBelow } from './template-error'

interface Column<Key extends string> {
  /** As the server names it, which tells by this name what it refuses. */
  key: Key
  label: string
  narrow?: boolean
  /** Typed in figures, or a day. */
  kind?: 'decimal' | 'date'
  /** What a line lacks here. */
  lacks?: (typed: string) => string | undefined
}

type Row<Key extends string> = Record<Key, string>

interface RowsEditorProps<Key extends string> extends Omit<AnswerProps, 'field' | 'onSave'> {
  question: string
  /** Where the rows are in what is sent. */
  path: string
  columns: readonly Column<Key>[]
  /** The rows of an answer that was given; undefined where there is none yet. */
  start: readonly Row<Key>[] | undefined
  /** The words of the button that answers with no rows: `There are none`. */
  none: string
  /** Save the rows in which anything is filled in; none of them lacks anything. */
  onSave: (rows: readonly Row<Key>[]) => void
}

/** An answer of several lines, each of the same fields; no line at all is an answer too. */
export function RowsEditor<Key extends string>(props: RowsEditorProps<Key>) {
  const { question, columns, none, saving, onSave, onCancel } = props
  const form = useRef<HTMLFormElement>(null)
  const { rows, blank, change, messageOf, check, checked } = useRows(props)
  useEffect(() => {
    form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus()
  }, [checked])
  return (
    <form
      ref={form}
      onSubmit={(event) => {
        event.preventDefault()
        const filled = check()
        if (filled) onSave(filled)
      }}
      css={{ display: 'grid', gap: '0.5rem' }}
    >
      <p css={{ fontSize: '0.875rem' }}>{question}</p>
      {rows.map((row, index) => (
        <div key={index} css={{ display: 'flex', flexWrap: 'wrap', gap: '0.5rem', alignItems: 'end' }}>
          {columns.map((column) => (
            <Cell
              key={column.key}
              column={column}
              typed={row[column.key]}
              message={messageOf(row, column)}
              onType={(typed) => {
                change(rows.map((each) => (each === row ? { ...each, [column.key]: typed } : each)))
              }}
            />
          ))}
          <Button
            size="sm"
            variant="text"
            onClick={() => {
              change(rows.filter((each) => each !== row))
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
            change([...rows, { ...blank }])
          }}
        >
          Add a line
        </Button>
        <Button
          size="sm"
          variant="tertiary"
          onClick={() => {
            onSave([])
          }}
        >
          {none}
        </Button>
      </div>
      <EditorButtons saving={saving} onCancel={onCancel} />
    </form>
  )
}

/** The rows as they are typed, and what is wrong with those that were to be saved and were not touched since. */
function useRows<Key extends string>({ path, columns, start, error, onEdited }: RowsEditorProps<Key>) {
  const blank = Object.fromEntries(columns.map(({ key }) => [key, ''])) as Row<Key>
  const [begun] = useState<readonly Row<Key>[]>(start ?? [blank])
  const [rows, setRows] = useState(begun)
  const [checked, setChecked] = useState<readonly Row<Key>[]>([])
  const refused = error ? errorsBelow(problemOf(error).errors, `${path}.`) : []
  const change = (next: readonly Row<Key>[]) => {
    setRows(next)
    onEdited(JSON.stringify(next) !== JSON.stringify(begun))
  }
  const messageOf = (row: Row<Key>, { key, lacks }: Column<Key>) => {
    const place = checked.indexOf(row)
    if (place === -1) return undefined
    return lacks?.(row[key]) ?? refused.find(({ field }) => field === `${String(place)}.${key}`)?.message
  }
  /** The rows to save; undefined when one lacks something, which is then told beside its field. */
  const check = () => {
    const filled = rows.filter((row) => columns.some(({ key }) => row[key].trim()))
    // A line that was not filled in says nothing: that there are none is said by its button, or by no line at all.
    const asked = filled.length > 0 ? filled : rows
    setRows(asked)
    setChecked(asked)
    const isWhole = asked.every((row) => columns.every(({ key, lacks }) => !lacks?.(row[key])))
    return isWhole ? asked : undefined
  }
  return { rows, blank, change, messageOf, check, checked }
}

interface CellProps<Key extends string> {
  column: Column<Key>
  typed: string
  message: string | undefined
  onType: (typed: string) => void
}

function Cell<Key extends string>({ column, typed, message, onType }: CellProps<Key>) {
  const { label, narrow, kind } = column
  return (
    <TextInput
      label={label}
      hideOptionalLabel
      maxWidth={narrow ? 'sm' : undefined}
      type={kind === 'date' ? 'date' : undefined}
      inputMode={kind === 'decimal' ? 'decimal' : undefined}
      value={typed}
      invalid={message !== undefined}
      message={message}
      onChange={({ target }) => {
        onType(target.value)
      }}
    />
  )
}
