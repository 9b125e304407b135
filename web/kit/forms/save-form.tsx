import { type PropsWithChildren, useState } from 'react'
import { type QueryKey, useQueryClient } from '@tanstack/react-query'
import type { FieldValues } from 'react-hook-form'
import { formatTime } from '../format/dates'
import { Form } from './form'
import { SubmitButton } from './submit-button'
import { type KitForm, type KitFormOptions, useKitForm } from './use-kit-form'

interface SaveFormOptions<Input extends FieldValues, Output> extends Omit<
  KitFormOptions<Input, Output>,
  'onSubmit'
> {
  /** Send it; what it throws lands on its fields. */
  save: (values: Output) => Promise<unknown>
  /** The query that holds what was saved; everything when it is not said. */
  refreshes?: QueryKey
}

interface SavedForm<Input extends FieldValues, Output> extends KitForm<Input, Output> {
  savedAt: Date | undefined
}

/** A form of settings: after saving, what shows them is loaded again and the form says when it was saved. */
export function useSaveForm<Input extends FieldValues, Output>({
  save,
  refreshes,
  ...options
}: SaveFormOptions<Input, Output>): SavedForm<Input, Output> {
  const queryClient = useQueryClient()
  const [savedAt, setSavedAt] = useState<Date>()
  const form = useKitForm({
    ...options,
    onSubmit: async (values) => {
      await save(values)
      setSavedAt(new Date())
      await queryClient.invalidateQueries(refreshes ? { queryKey: refreshes } : undefined)
    },
  })
  return { ...form, savedAt }
}

interface SaveFormProps<Input extends FieldValues, Output> {
  form: SavedForm<Input, Output>
  label: string
  /** The words of its button: `Save details`. */
  button: string
}

/** The fields of a form of settings, and its button with `Saved 10:42 am` beside it. */
export function SaveForm<Input extends FieldValues, Output>({
  form,
  label,
  button,
  children,
}: PropsWithChildren<SaveFormProps<Input, Output>>) {
  return (
    <Form form={form} label={label}>
      {children}
      <SubmitButton
        beside={<span role="status">{form.savedAt ? `Saved ${formatTime(form.savedAt)}` : ''}</span>}
      >
        {button}
      </SubmitButton>
    </Form>
  )
}
