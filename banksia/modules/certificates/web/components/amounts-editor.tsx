import { useState } from 'react'
import { Button } from '@ag.ds-next/react/button'
import { TextInput } from '@ag.ds-next/react/text-input'
import { moneyInput, parseMoney } from '@banksia/kit'
import type { Answer, FieldRead } from '../api'
import { EditorButtons, EMPTY_ANSWER } from './editor-parts'

interface Row {
  description: string
  dueOn: string
  amount: string
}

const BLANK: Row = { description: '', dueOn: '', amount: '' }

/** Rates and charges: what, when due, how much; none at all is an answer too. */
export function AmountsEditor({
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
      field.answer?.amounts?.map((row) => ({
        description: row.description,
        dueOn: row.due_on ?? '',
        amount: moneyInput(row.amount_cents),
      })) ?? [BLANK],
  )
  const [wrong, setWrong] = useState(false)
  const change = (index: number, part: Partial<Row>) => {
    setRows(rows.map((row, place) => (place === index ? { ...row, ...part } : row)))
  }
  const save = () => {
    const filled = rows.filter((row) => row.description.trim() || row.amount.trim())
    const amounts = filled.map((row) => ({
      description: row.description.trim(),
      due_on: row.dueOn || null,
      amount_cents: parseMoney(row.amount) ?? NaN,
    }))
    const bad = amounts.some((row) => !row.description || Number.isNaN(row.amount_cents))
    setWrong(bad)
    if (!bad) onSave({ ...EMPTY_ANSWER, amounts, choice: amounts.length > 0 ? 'yes' : 'no' })
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
            label="Rate or charge"
            hideOptionalLabel
            value={row.description}
            onChange={(event) => {
              change(index, { description: event.target.value })
            }}
          />
          <TextInput
            label="Due (yyyy-mm-dd)"
            hideOptionalLabel
            maxWidth="sm"
            value={row.dueOn}
            onChange={(event) => {
              change(index, { dueOn: event.target.value })
            }}
          />
          <TextInput
            label="Amount $"
            hideOptionalLabel
            maxWidth="sm"
            inputMode="decimal"
            value={row.amount}
            onChange={(event) => {
              change(index, { amount: event.target.value })
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
      {wrong ? <p role="alert">Each line needs words and an amount such as 412.50.</p> : null}
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
            onSave({ ...EMPTY_ANSWER, amounts: [], choice: 'no' })
          }}
        >
          Nothing is owed
        </Button>
      </div>
      <EditorButtons onCancel={onCancel} />
    </form>
  )
}
