import type { ReactNode } from 'react'
import { Button } from '@ag.ds-next/react/button'
import { useFieldArray, useFormContext } from 'react-hook-form'
import { colour, slimButtons, visuallyHidden } from '../theme/tokens'

interface RowsFieldProps {
  /** The path of the list in the form's values: `children`. */
  name: string
  /** What the rows are, above them: `Lots that the plan makes`. */
  label: string
  hint?: ReactNode
  /** What one row is, for its buttons: `lot`. */
  of: string
  /** The values of a new row. */
  blank: Record<string, string>
  /** At least so many rows stay. */
  least?: number
  /** The fields of one row, by its path: `children.0`. */
  children: (path: string, index: number) => ReactNode
}

/** Fields that repeat: rows that can be added and taken away. A row's errors stand on its fields. */
export function RowsField({ name, label, hint, of, blank, least = 1, children }: RowsFieldProps) {
  const { control } = useFormContext()
  const { fields, append, remove } = useFieldArray({ control, name })
  return (
    <fieldset css={{ minWidth: 0, margin: 0, padding: 0, border: 0 }}>
      <legend css={{ padding: 0, fontWeight: 'bold' }}>{label}</legend>
      {hint ? <p css={{ color: colour.foregroundMuted }}>{hint}</p> : null}
      <ol css={{ listStyle: 'none', display: 'grid', gap: '0.75rem', margin: '0.75rem 0' }}>
        {fields.map((field, index) => (
          <li key={field.id} css={{ display: 'flex', flexWrap: 'wrap', alignItems: 'end', gap: '0.75rem' }}>
            {children(`${name}.${index}`, index)}
            {fields.length > least ? (
              <Button size="sm" variant="text" onClick={() => remove(index)}>
                Remove
                <span css={visuallyHidden}>{` ${of} ${index + 1}`}</span>
              </Button>
            ) : null}
          </li>
        ))}
      </ol>
      <span css={slimButtons}>
        <Button size="sm" variant="secondary" onClick={() => append(blank)}>
          {`Add a ${of}`}
        </Button>
      </span>
    </fieldset>
  )
}
