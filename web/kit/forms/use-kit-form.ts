import { useId, useState } from 'react'
import { zodResolver } from '@hookform/resolvers/zod'
import { type DefaultValues, type FieldValues, useForm, type UseFormReturn } from 'react-hook-form'
import type { z } from 'zod'
import { problemOf } from '../api/problem'
import { applyProblem } from './apply-problem'

export interface KitForm<Input extends FieldValues = FieldValues, Output = Input> {
  id: string
  methods: UseFormReturn<Input, unknown, Output>
  /** The label of each field that is on the page, for the summary. */
  labels: Map<string, string>
  submit: () => Promise<void>
}

export interface KitFormOptions<Input extends FieldValues, Output> {
  /** Usually one that was generated: `zOrderCreate`, or `zOrderCreate.extend(...)` for better sentences. */
  schema: z.ZodType<Output, Input>
  defaultValues: DefaultValues<Input>
  /** Send it; a problem that it throws lands on its fields and in the summary, and what was typed stays. */
  onSubmit: (values: Output) => unknown
}

/** A form's state. Nothing is checked while someone types: only on submitting, by the schema and then by the server. */
export function useKitForm<Input extends FieldValues, Output>(
  options: KitFormOptions<Input, Output>,
): KitForm<Input, Output> {
  const id = useId()
  const [labels] = useState(() => new Map<string, string>())
  const methods = useForm<Input, unknown, Output>({
    resolver: zodResolver(options.schema),
    defaultValues: options.defaultValues,
    mode: 'onSubmit',
    reValidateMode: 'onSubmit',
    shouldFocusError: false,
  })
  const submit = methods.handleSubmit(async (values) => {
    try {
      await options.onSubmit(values)
    } catch (error) {
      applyProblem(problemOf(error), labels, methods.setError)
    }
  })
  return { id, methods, labels, submit: () => submit() }
}
