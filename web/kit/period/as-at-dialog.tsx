import { Button } from '@ag.ds-next/react/button'
import { z } from 'zod'
import { Dialog } from '../feedback/dialog'
import { dayOf } from '../format/dates'
import { DateField } from '../forms/date-field'
import { Form } from '../forms/form'
import { SubmitButton } from '../forms/submit-button'
import { useKitForm } from '../forms/use-kit-form'

interface AsAtDialogProps {
  title: string
  /** What is shown as it was on that day, and what is not. */
  hint: string
  /** The day that is shown now; undefined is today. */
  asAt: string | undefined
  /** Hears the day, undefined for today: it belongs into the address, so that the page can be kept and sent. */
  onChoose: (day: string | undefined) => void
  onClose: () => void
}

/** Asks for the day on which something is shown: today or one before. */
export function AsAtDialog({ title, hint, asAt, onChoose, onClose }: AsAtDialogProps) {
  const today = dayOf(new Date())
  const form = useKitForm({
    schema: z.object({
      day: z.iso
        .date('Enter a day, such as 12/03/2018.')
        .refine((day) => day <= today, 'That day has not come yet. Enter today or a day before.'),
    }),
    defaultValues: { day: asAt ?? today },
    onSubmit: ({ day }) => {
      onClose()
      onChoose(day === today ? undefined : day)
    },
  })
  return (
    <Dialog open onClose={onClose} title={title}>
      <Form form={form} label="Another day">
        <DateField name="day" label="Day" hint={hint} to={today} />
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
