import { useEffect } from 'react'
import { get, useFormContext, useFormState } from 'react-hook-form'
import { useFormScope } from './form'

export interface FieldOptions {
  /** The path in the form's values: `contact.email`. */
  name: string
  label: string
  hint?: string
  /** Rare: everything that is asked is needed. */
  optional?: boolean
}

/** What every field shows and says, from the form it stands in. */
export function useField({ name, label, hint, optional = false }: FieldOptions) {
  const { labels, id } = useFormScope()
  const { control, register } = useFormContext()
  const { errors } = useFormState({ control, name })
  useEffect(() => {
    labels.set(name, label)
    return () => {
      labels.delete(name)
    }
  }, [labels, name, label])
  const error: unknown = get(errors, name)
  const message = errorMessage(error)
  return {
    control,
    register,
    shown: {
      id: `${id}${name}`,
      label: optional ? `${label} (optional)` : label,
      hint,
      invalid: message !== undefined,
      message,
      required: !optional,
      hideOptionalLabel: true,
    },
  }
}

function errorMessage(error: unknown): string | undefined {
  if (typeof error !== 'object' || error === null || !('message' in error)) return undefined
  return typeof error.message === 'string' ? error.message : undefined
}
