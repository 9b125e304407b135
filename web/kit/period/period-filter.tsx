import { type PropsWithChildren, useState } from 'react'
import { Button } from '@ag.ds-next/react/button'
import { Select } from '@ag.ds-next/react/select'
import { TextInput } from '@ag.ds-next/react/text-input'
import { Notice } from '../display/notice'
import { Filters } from '../forms/filters'
import { type Period, periodWords, presets } from './period'

interface PeriodFilterProps {
  period: Period
  onChange: (period: Period) => void
}

/** Two days and the periods that finance asks for; the address keeps what is chosen. */
export function PeriodFilter({ period, onChange, children }: PropsWithChildren<PeriodFilterProps>) {
  const [typed, setTyped] = useState(period)
  const [shown, setShown] = useState(period)
  if (shown.from !== period.from || shown.until !== period.until) {
    setShown(period)
    setTyped(period)
  }
  const known = presets()
  const chosen = known.findIndex(({ from, until }) => from === period.from && until === period.until)
  const wrong = typed.from > typed.until
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        if (!wrong && typed.from && typed.until) onChange(typed)
      }}
      css={{ display: 'grid', gap: '0.75rem' }}
    >
      <Filters applied={periodWords(period)}>
        {children}
        <Select
          label="Period"
          hideOptionalLabel
          value={chosen === -1 ? 'own' : String(chosen)}
          onChange={(event) => {
            const preset = known[Number(event.target.value)]
            if (preset) onChange({ from: preset.from, until: preset.until })
          }}
          options={[
            ...known.map(({ label }, index) => ({ value: String(index), label })),
            { value: 'own', label: 'Other days' },
          ]}
        />
        <Day
          label="From"
          value={typed.from}
          onChange={(from) => {
            setTyped({ ...typed, from })
          }}
        />
        <Day
          label="To"
          value={typed.until}
          onChange={(until) => {
            setTyped({ ...typed, until })
          }}
        />
        <Button type="submit" size="sm" variant="secondary">
          Show these days
        </Button>
      </Filters>
      {wrong ? <Notice tone="error" role="alert" title="The last day lies before the first" /> : null}
    </form>
  )
}

interface DayProps {
  label: string
  value: string
  onChange: (day: string) => void
}

function Day({ label, value, onChange }: DayProps) {
  return (
    <TextInput
      type="date"
      label={label}
      hideOptionalLabel
      value={value}
      onChange={(event) => {
        onChange(event.target.value)
      }}
    />
  )
}
