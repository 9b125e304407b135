import { useState } from 'react'
import { Controller } from 'react-hook-form'
import { TextInput } from '@ag.ds-next/react/text-input'
import { moneyInput, parseMoney } from '../format/money'
import { type FieldOptions, useField } from './use-field'

/**
 * An amount, typed in dollars, held in cents: `NaN` while it is no amount, so that a schema of integers refuses it, and
 * null where an optional one is left empty.
 */
export function MoneyField(options: FieldOptions) {
  const { control, shown } = useField(options)
  const [typed, setTyped] = useState<string>()
  return (
    <Controller
      control={control}
      name={options.name}
      render={({ field }) => (
        <TextInput
          {...shown}
          ref={field.ref}
          name={field.name}
          inputMode="decimal"
          maxWidth="sm"
          value={typed ?? (Number.isInteger(field.value) ? moneyInput(field.value as number) : '')}
          onChange={(event) => {
            setTyped(event.target.value)
            const isNone = options.optional && event.target.value.trim() === ''
            field.onChange(isNone ? null : (parseMoney(event.target.value) ?? Number.NaN))
          }}
          onBlur={() => {
            if (Number.isInteger(field.value)) setTyped(undefined)
            field.onBlur()
          }}
        />
      )}
    />
  )
}
