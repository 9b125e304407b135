import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Button } from '@ag.ds-next/react/button'
import {
  DateField,
  Form,
  formatDate,
  formatDay,
  Notice,
  SubmitButton,
  TextField,
  useKitForm,
} from '@banksia/kit'
import { useWatch } from 'react-hook-form'
import { z } from 'zod'
import {
  addClosedDays,
  changeClosedDays,
  readEffectOptions,
  type ClosedDaysEffect,
  type ClosedDaysRead,
} from '../api'

const schema = z.object({
  name: z.string().trim().min(1, 'Enter what the days are, such as Christmas shutdown.').max(100),
  from_on: z.iso.date('Enter the first day.'),
  until_on: z.iso.date('Enter the last day; for one day the same as the first.'),
})
const DAY = /^\d{4}-\d\d-\d\d$/

interface ClosedDaysFormProps {
  /** The entry that is changed; without it one is added. */
  entry: ClosedDaysRead | undefined
  onDone: () => void
}

/** Days on which the council does not work, and what they would do, before they are kept. */
export function ClosedDaysForm({ entry, onDone }: ClosedDaysFormProps) {
  const queryClient = useQueryClient()
  const form = useKitForm({
    schema,
    defaultValues: {
      name: entry?.name ?? '',
      from_on: entry?.from_on ?? '',
      until_on: entry?.until_on ?? '',
    },
    onSubmit: async (body) => {
      if (entry) await changeClosedDays({ path: { from_on: entry.from_on }, body, throwOnError: true })
      else await addClosedDays({ body, throwOnError: true })
      form.methods.reset({ name: '', from_on: '', until_on: '' })
      await queryClient.invalidateQueries()
      onDone()
    },
  })
  const [from, until] = useWatch({ control: form.methods.control, name: ['from_on', 'until_on'] })
  const whole = DAY.test(from) && DAY.test(until) && from <= until
  const effect = useQuery({
    ...readEffectOptions({ query: { from, until, instead_of: entry?.from_on } }),
    enabled: whole,
  })
  return (
    <Form form={form} label={entry ? 'Change closed days' : 'Close the council on more days'} gap="1rem">
      <TextField
        name="name"
        label="What they are"
        hint="Christmas shutdown, or the name of a local holiday."
      />
      <DateField name="from_on" label="First day" />
      <DateField name="until_on" label="Last day" />
      <div role="status">{whole && effect.data ? <Effect effect={effect.data} /> : null}</div>
      <div css={{ justifySelf: 'start' }}>
        <SubmitButton
          beside={
            entry ? (
              <Button variant="tertiary" onClick={onDone}>
                Leave it as it is
              </Button>
            ) : undefined
          }
        >
          {entry ? 'Save closed days' : 'Add closed days'}
        </SubmitButton>
      </div>
    </Form>
  )
}

function Effect({ effect }: { effect: ClosedDaysEffect }) {
  const { changes, open_due: open } = effect
  return (
    <Notice tone="info" title={`Ordered on ${formatDate(effect.placed_on)}, early in the day`}>
      {changes.length === 0 ? (
        <p>No certificate is due later because of these days.</p>
      ) : (
        <ul css={{ paddingLeft: '1.25rem' }}>
          {changes.map((change) => (
            <li key={change.product}>
              {`${change.title}: due by ${formatDay(change.due_on)}, otherwise ${formatDay(change.otherwise_due_on)}`}
              {change.urgent_due_on && change.otherwise_urgent_due_on
                ? `; urgent ${formatDay(change.urgent_due_on)}, otherwise ${formatDay(change.otherwise_urgent_due_on)}`
                : ''}
            </li>
          ))}
        </ul>
      )}
      {open > 0 ? (
        <p>
          {`${String(open)} open certificate${open === 1 ? ' is' : 's are'} due on these days. What was promised stays: issue ${open === 1 ? 'it' : 'them'} before.`}
        </p>
      ) : null}
    </Notice>
  )
}
