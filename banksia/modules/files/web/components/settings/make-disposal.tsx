import { useEffect, useRef } from 'react'
import { useQueryClient } from '@tanstack/react-query'
import { Button } from '@ag.ds-next/react/button'
import { DateField, dayOf, Form, SubmitButton, TextField, useKitForm, useNavigateTo } from '@banksia/kit'
import { z } from 'zod'
import { createDisposal } from '../../api'
import { disposalPage } from '../../settings-routes'

/** List what is due by a day; making a list destroys nothing. */
export function MakeDisposal({ onClose }: { onClose: () => void }) {
  const queryClient = useQueryClient()
  const navigate = useNavigateTo()
  const start = useRef<HTMLDivElement>(null)
  useEffect(() => start.current?.querySelector('input')?.focus(), [])
  const today = dayOf(new Date())
  const form = useKitForm({
    schema: z.object({
      title: z.string().trim().min(1, 'Enter a name, such as Correspondence of 2019.').max(200),
      due_by_on: z.iso
        .date('Enter the day by which the periods are over.')
        .refine((day) => day <= today, 'Choose today or an earlier day: what is not due yet is not listed.'),
    }),
    defaultValues: { title: '', due_by_on: today },
    onSubmit: async (body) => {
      const { data } = await createDisposal({ body, throwOnError: true })
      await queryClient.invalidateQueries()
      navigate(disposalPage.href({ params: { disposalId: data.id } }))
    },
  })
  return (
    <div ref={start} css={{ maxWidth: '42rem' }}>
      <Form form={form} label="New list" gap="1rem">
        <TextField name="title" label="Name of the list" />
        <DateField
          name="due_by_on"
          label="Due by"
          hint="Documents whose period is over by this day, at most 1,000, the longest overdue first."
          to={today}
        />
        <SubmitButton
          size="sm"
          beside={
            <Button size="sm" variant="tertiary" onClick={onClose}>
              Cancel
            </Button>
          }
        >
          Make list
        </SubmitButton>
      </Form>
    </div>
  )
}
