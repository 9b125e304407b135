import { Button } from '@ag.ds-next/react/button'
import { TextLink } from '@ag.ds-next/react/text-link'
import {
  DateField,
  dayOf,
  Dialog,
  Form,
  formatLongDate,
  Notice,
  SubmitButton,
  useKitForm,
  useNavigateTo,
} from '@banksia/kit'
import { z } from 'zod'
import { propertyPage } from '../routes'
import { type PropertyView, viewHref } from './view-href'

/** Says as loud as it must that this is not today's truth, and leads back to it. */
export function AsAtBanner({ day, view }: { day: string; view: PropertyView }) {
  const { propertyId } = propertyPage.useParams()
  return (
    <Notice tone="warning" title={`As at ${formatLongDate(day)}`}>
      <p>
        {WORDS[view]} <TextLink href={viewHref(view, propertyId, undefined)}>Back to today</TextLink>
      </p>
    </Notice>
  )
}

const WORDS: Record<PropertyView, string> = {
  overview:
    'Addresses, lots and what council knows are shown as they were at the end of that day. Map, lineage and other modules are of today.',
  owners: 'The owners are shown as they were at the end of that day.',
  map: 'The map shows the lots of today.',
  history: 'The history goes on to today.',
}

interface AsAtDialogProps {
  propertyId: string
  view: PropertyView
  asAt: string | undefined
  onClose: () => void
}

/** Chooses the day; it stands in the address, so that the page can be kept and sent. */
export function AsAtDialog({ propertyId, view, asAt, onClose }: AsAtDialogProps) {
  const navigate = useNavigateTo()
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
      navigate(viewHref(view, propertyId, day === today ? undefined : day))
    },
  })
  return (
    <Dialog open onClose={onClose} title="Show the property on another day">
      <Form form={form}>
        <DateField name="day" label="Day" hint="Shown as it was at the end of this day." to={today} />
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
