import { useQueryClient } from '@tanstack/react-query'
import { Button } from '@ag.ds-next/react/button'
import { DateField, dayOf, Form, SubmitButton, TextareaField, TextField, useKitForm } from '@banksia/kit'
import { z } from 'zod'
import { changeDocument, type DocumentDetail } from '../api'
import { patchDocument, refresh } from './refresh'

/** Title, description and the date of the paper, where they stand. */
export function EditDocument({ document, onClose }: { document: DocumentDetail; onClose: () => void }) {
  const queryClient = useQueryClient()
  const form = useKitForm({
    schema: z.object({
      title: z.string().trim().min(1, 'Enter a title.').max(200),
      description: z.string().max(5000),
      dated_on: z.union([z.literal(''), z.iso.date('Enter a day, such as 12/03/2018.')]),
    }),
    defaultValues: {
      title: document.title,
      description: document.description,
      dated_on: document.dated_on ?? '',
    },
    onSubmit: async ({ dated_on, ...words }) => {
      const body = { ...words, dated_on: dated_on || null } // null takes the date away
      const { data } = await changeDocument({ path: { document_id: document.id }, body, throwOnError: true })
      patchDocument(queryClient, data)
      void refresh(queryClient, 'readDocument', 'readDocumentLog', 'readFileLog', 'readFile')
      onClose()
    },
  })
  return (
    <Form form={form} gap="1rem" label="Edit the document">
      <TextField name="title" label="Title" width="full" />
      <TextareaField name="description" label="Description" rows={3} optional />
      <DateField name="dated_on" label="Date on the paper" optional to={dayOf(new Date())} />
      <SubmitButton
        size="sm"
        beside={
          <Button size="sm" variant="secondary" onClick={onClose}>
            Leave as it is
          </Button>
        }
      >
        Save document
      </SubmitButton>
    </Form>
  )
}
