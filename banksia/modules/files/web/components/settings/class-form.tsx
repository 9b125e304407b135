import { useEffect, useRef } from 'react'
import { useQueryClient } from '@tanstack/react-query'
import { Button } from '@ag.ds-next/react/button'
import { CheckboxField, Form, SelectField, SubmitButton, TextField, useKitForm } from '@banksia/kit'
import { useWatch } from 'react-hook-form'
import { z } from 'zod'
import { changeClass, createClass, type RetentionClassRead } from '../../api'
import { triggers } from './words'

const line = (message: string) => z.string().trim().min(1, message).max(200)
const schema = z
  .object({
    code: z
      .string()
      .trim()
      .regex(
        /^[A-Za-z0-9][A-Za-z0-9 ./_-]{0,39}$/,
        'Enter the code as the authority writes it, such as 2.4.1.',
      ),
    title: line('Enter what the class is of, such as Building applications.'),
    authority: line('Enter the authority, such as FA450.'),
    trigger: z.enum(['added', 'dated', 'folder_closed', 'never']),
    keep_years: z.string().trim(),
    until_demolished: z.boolean(),
    action: line('Enter what the authority says, such as Keep 7 years, then destroy.'),
    is_active: z.boolean(),
  })
  .superRefine(({ trigger, keep_years }, context) => {
    if (trigger !== 'never' && !(/^\d{1,3}$/.test(keep_years) && Number(keep_years) <= 200))
      context.addIssue({ code: 'custom', path: ['keep_years'], message: 'Enter the years, from 0 to 200.' })
  })

interface ClassFormProps {
  /** The class that is changed; without it one is added. */
  read: RetentionClassRead | undefined
  onDone: () => void
}

/** A class of the disposal authority. The code of one that is there stays. */
export function ClassForm({ read, onDone }: ClassFormProps) {
  const queryClient = useQueryClient()
  const start = useRef<HTMLDivElement>(null)
  // The form stands above the list: who pressed Change further down is brought here.
  useEffect(() => start.current?.querySelector('input')?.focus(), [])
  const form = useKitForm({
    schema,
    defaultValues: {
      code: read?.code ?? '',
      title: read?.title ?? '',
      authority: read?.authority ?? 'FA450',
      trigger: read?.trigger ?? 'folder_closed',
      keep_years: read?.keep_years?.toString() ?? '',
      until_demolished: read?.until_demolished ?? false,
      action: read?.action ?? '',
      is_active: read?.is_active ?? true,
    },
    onSubmit: async ({ code, is_active, ...values }) => {
      const forEver = values.trigger === 'never'
      const body = {
        ...values,
        keep_years: forEver ? null : Number(values.keep_years),
        until_demolished: !forEver && values.until_demolished,
      }
      if (read)
        await changeClass({ path: { class_id: read.id }, body: { ...body, is_active }, throwOnError: true })
      else await createClass({ body: { ...body, code }, throwOnError: true })
      await queryClient.invalidateQueries()
      onDone()
    },
  })
  return (
    <div ref={start} css={{ maxWidth: '42rem' }}>
      <Form form={form} label={read ? `Change ${read.code}` : 'New class'} gap="1rem">
        {read ? null : <TextField name="code" label="Code" hint="As the authority writes it." width="md" />}
        <TextField name="title" label="Title" width="full" />
        <TextField name="authority" label="Disposal authority" width="md" />
        <Period />
        <TextField
          name="action"
          label="What the authority says"
          hint="Shown under the folder’s name: Keep 7 years, then destroy."
          width="full"
        />
        {read ? (
          <CheckboxField
            name="is_active"
            label="In use"
            hint="Out of use, it is no longer offered for folders. Those that have it keep by it until they get another."
          />
        ) : null}
        <SubmitButton
          size="sm"
          beside={
            <Button size="sm" variant="tertiary" onClick={onDone}>
              {read ? 'Leave it as it is' : 'Cancel'}
            </Button>
          }
        >
          {read ? 'Save class' : 'Add class'}
        </SubmitButton>
      </Form>
    </div>
  )
}

/** From when the years count and how many; neither for what is kept for ever. */
function Period() {
  const trigger: unknown = useWatch({ name: 'trigger' })
  return (
    <>
      <SelectField
        name="trigger"
        label="When the period begins"
        options={Object.entries(triggers).map(([value, label]) => ({ value, label }))}
      />
      {trigger === 'never' ? null : (
        <>
          <TextField name="keep_years" label="Years to keep" inputMode="numeric" width="xs" />
          <CheckboxField
            name="until_demolished"
            label="And until what it is about is demolished"
            hint="The longer of the two counts. The demolition is noted on the folder in the property’s file."
          />
        </>
      )}
    </>
  )
}
