import { type SubmitEvent, type PropsWithChildren, useContext, createContext } from 'react'
import { type FieldValues, FormProvider } from 'react-hook-form'
import { PHONE } from '../theme/tokens'
import { ErrorSummary } from './error-summary'
import type { KitForm } from './use-kit-form'

type FormContextValue = Pick<KitForm, 'id' | 'labels'>
const FormContext = createContext<FormContextValue | null>(null)

/** The form that a field stands in. */
export function useFormScope(): FormContextValue {
  const scope = useContext(FormContext)
  if (!scope) throw new Error('A field must stand in a <Form>.')
  return scope
}

interface FormProps<Input extends FieldValues, Output> {
  form: KitForm<Input, Output>
  /** The space between fields. */
  gap?: string
  label?: string
}

/** A form with its error summary on top. Fields find it by themselves. */
export function Form<Input extends FieldValues, Output>({
  form,
  gap = '1.5rem',
  label,
  children,
}: PropsWithChildren<FormProps<Input, Output>>) {
  const submit = (event: SubmitEvent) => {
    event.preventDefault()
    event.stopPropagation()
    void form.submit()
  }
  return (
    <FormContext value={{ id: form.id, labels: form.labels }}>
      <FormProvider {...form.methods}>
        <form
          noValidate
          onSubmit={submit}
          aria-label={label}
          css={{
            display: 'grid',
            gap,
            gridTemplateColumns: 'minmax(0, 1fr)',
            // A button is as wide as its words; on a phone as wide as the fields.
            '& > button': { justifySelf: 'start', [PHONE]: { justifySelf: 'stretch' } },
          }}
        >
          <ErrorSummary />
          {children}
        </form>
      </FormProvider>
    </FormContext>
  )
}
