import { lazy, Suspense, useMemo } from 'react'
import { useController } from 'react-hook-form'
import { TextInput } from '@ag.ds-next/react/text-input'
import { type FieldOptions, useField } from './use-field'

// The calendar is as heavy as the rest of a page: it comes after the page stands.
const DatePicker = lazy(async () => ({
  default: (await import('@ag.ds-next/react/date-picker-next')).DatePickerNext,
}))

interface DateFieldProps extends FieldOptions {
  /** The first and last day that can be chosen, `2026-07-01`. */
  from?: string
  to?: string
}

const two = (value: number) => String(value).padStart(2, '0')

/** A calendar day of the picker as `2026-07-01`; what could not be read stays as it was typed, for the schema to refuse. */
export function dayInForm(picked: Date | string | undefined): string {
  if (picked === undefined) return ''
  if (typeof picked === 'string') return picked
  return `${picked.getFullYear()}-${two(picked.getMonth() + 1)}-${two(picked.getDate())}`
}

function dayInPicker(day: unknown): Date | string | undefined {
  if (typeof day !== 'string' || day === '') return undefined
  const match = /^(\d{4})-(\d\d)-(\d\d)$/.exec(day)
  return match ? new Date(Number(match[1]), Number(match[2]) - 1, Number(match[3])) : day
}

const dateOrNone = (day: string | undefined) => {
  const picked = dayInPicker(day)
  return picked instanceof Date ? picked : undefined
}

/** A date, typed as 25/11/2026 or picked. The value is `2026-11-25`, as the server takes it. */
export function DateField({ from, to, ...options }: DateFieldProps) {
  const { control, shown } = useField(options)
  const { field } = useController({ control, name: options.name })
  // The picker writes its value over what is being typed whenever it is given another object, of the same day or not.
  const value = useMemo(() => dayInPicker(field.value), [field.value])
  return (
    <Suspense fallback={<TextInput {...shown} disabled />}>
      <DatePicker
        {...shown}
        inputRef={field.ref}
        name={field.name}
        value={value}
        onChange={(picked) => {
          field.onChange(dayInForm(picked))
        }}
        onBlur={field.onBlur}
        minDate={dateOrNone(from)}
        maxDate={dateOrNone(to)}
      />
    </Suspense>
  )
}
