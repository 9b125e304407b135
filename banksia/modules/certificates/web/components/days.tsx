import { TextInput } from '@ag.ds-next/react/text-input'
import { formatDay } from '@banksia/kit'

interface Range {
  from: string | undefined
  to: string | undefined
}

const DAY = /^2[01]\d\d-\d\d-\d\d$/
const day = (text: string | undefined) => (text && DAY.test(text) ? text : undefined)

/** The days of the address as the server takes them; what is no day is left out. */
export const daysWanted = ({ from, to }: Range) => ({
  ...(day(from) ? { placed_from_on: day(from) } : {}),
  ...(day(to) ? { placed_to_on: day(to) } : {}),
})

export function daysInWords({ from, to }: Range): string | undefined {
  const words = [day(from) && `from ${formatDay(from ?? '')}`, day(to) && `to ${formatDay(to ?? '')}`]
  return words.filter(Boolean).join(' ') || undefined
}

/** The first and last day on which orders were placed; each counts as soon as it is a day. */
export function Days({ from, to, onChange }: Range & { onChange: (changed: Partial<Range>) => void }) {
  return (
    <>
      <TextInput
        block
        type="date"
        label="Placed from"
        hideOptionalLabel
        value={from ?? ''}
        onChange={(event) => {
          onChange({ from: event.target.value || undefined })
        }}
      />
      <TextInput
        block
        type="date"
        label="Placed to"
        hideOptionalLabel
        value={to ?? ''}
        onChange={(event) => {
          onChange({ to: event.target.value || undefined })
        }}
      />
    </>
  )
}
