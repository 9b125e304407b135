import { useQuery } from '@tanstack/react-query'
import {
  DateField,
  dayOf,
  Dialog,
  Form,
  SelectField,
  SubmitButton,
  TextField,
  useKitForm,
  useUser,
} from '@banksia/kit'
import { z } from 'zod'
import { listPeopleOptions, setReminder } from '../api'
import { useRefresh } from './refresh'

interface RemindDialogProps {
  propertyId: string
  about: { folder_id?: string; document_id?: string }
  title: string
  onClose: () => void
}

/** A mail to a person on a day, about a document, a folder or the file. */
export function RemindDialog({ propertyId, about, title, onClose }: RemindDialogProps) {
  const refresh = useRefresh()
  const me = useUser()
  const people = useQuery(listPeopleOptions())
  const form = useKitForm({
    schema: z.object({
      remind_on: z.iso.date('Enter a day, such as 12/03/2027.'),
      person_id: z.string(),
      note: z.string().max(200),
    }),
    defaultValues: { remind_on: '', person_id: me?.id ?? '', note: '' },
    onSubmit: async (values) => {
      const body = { ...values, ...about }
      await setReminder({ path: { property_id: propertyId }, body, throwOnError: true })
      await refresh('listReminders', 'readDocumentLog', 'readFileLog')
      onClose()
    },
  })
  const others = (people.data ?? []).filter(({ id }) => id !== me?.id)
  return (
    <Dialog open onClose={onClose} title={`Remind of ${title}`}>
      <Form form={form} label="Reminder">
        <DateField name="remind_on" label="On which day" from={dayOf(new Date())} />
        <SelectField
          name="person_id"
          label="Whom"
          options={[
            { value: me?.id ?? '', label: 'Me' },
            ...others.map(({ id, name }) => ({ value: id, label: name })),
          ]}
        />
        <TextField name="note" label="What to do then" optional width="full" />
        <SubmitButton>Set reminder</SubmitButton>
      </Form>
    </Dialog>
  )
}
