import { Button } from '@ag.ds-next/react/button'
import { DateField, dayOf, Dialog, Form, SubmitButton, useKitForm } from '@banksia/kit'
import { z } from 'zod'
import { filePage } from '../routes'

/** Chooses the day whose file is shown; it stands in the address, so that it can be kept and sent. */
export function AsAtDialog({ onClose }: { onClose: () => void }) {
  const { as_at } = filePage.useSearch()
  const setSearch = filePage.useSetSearch()
  const today = dayOf(new Date())
  const form = useKitForm({
    schema: z.object({
      day: z.iso
        .date('Enter a day, such as 12/03/2018.')
        .refine((day) => day <= today, 'That day has not come yet. Enter today or a day before.'),
    }),
    defaultValues: { day: as_at ?? today },
    onSubmit: ({ day }) => {
      onClose()
      setSearch({ as_at: day === today ? undefined : day, view: 'documents' }, { replace: false })
    },
  })
  return (
    <Dialog open onClose={onClose} title="Show the file on another day">
      <Form form={form} label="Another day">
        <DateField
          name="day"
          label="Day"
          hint="What lay here at the end of this day; titles and folders are today’s."
          to={today}
        />
        <SubmitButton
          beside={
            <Button variant="secondary" onClick={onClose}>
              Leave it as it is
            </Button>
          }
        >
          Show this day
        </SubmitButton>
      </Form>
    </Dialog>
  )
}
