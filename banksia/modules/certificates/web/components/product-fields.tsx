import {
  CheckboxesField,
  CheckboxField,
  DateField,
  RadioField,
  SelectField,
  TextareaField,
  TextField,
} from '@banksia/kit'
import { useWatch } from 'react-hook-form'
import type { ProductRead } from '../api'

const TEMPLATES: { value: ProductRead['template']; label: string }[] = [
  { value: 'planning_2', label: 'Planning certificate under 10.7(2)' },
  { value: 'planning_2_5', label: 'Planning certificate under 10.7(2) and (5)' },
  { value: 'rates', label: 'Rates and charges' },
  { value: 'notices', label: 'Outstanding notices' },
  { value: 'orders', label: 'Outstanding orders' },
  { value: 'drainage', label: 'Drainage diagram' },
]

/** What a certificate is, where it is sold or linked to; `others` are those that it can include. */
export function ProductFields({ others }: { others: readonly ProductRead[] }) {
  const kind: unknown = useWatch({ name: 'kind' })
  return (
    <>
      <RadioField
        name="kind"
        label="How people get it"
        choices={[
          { value: 'sale', label: 'Council sells it' },
          { value: 'link', label: 'A link leads to where it is sold, such as the NSW Planning Portal' },
        ]}
      />
      <CheckboxField
        name="is_offered"
        label={kind === 'link' ? 'Customers see the link' : 'Customers can order it'}
      />
      <TextField name="title" label="Title" />
      <TextField name="short_title" label="Short title" hint="In tables and summaries." />
      <TextareaField name="description" label="What it says, in one sentence" optional rows={2} />
      <TextField name="law" label="Law" optional />
      {kind === 'link' ? (
        <TextField name="link_url" label="Address of the link" hint="Beginning with https://." type="url" />
      ) : (
        <SoldFields others={others} />
      )}
      <TextField
        name="position"
        label="Place in the list"
        hint="A number; the smallest comes first."
        inputMode="numeric"
        width="xs"
      />
    </>
  )
}

function SoldFields({ others }: { others: readonly ProductRead[] }) {
  return (
    <>
      <SelectField
        name="template"
        label="Made with"
        hint="What it asks and prints, until you publish a template of its own."
        options={TEMPLATES}
      />
      <TextField
        name="number_prefix"
        label="Number prefix"
        hint="603 makes the numbers 603/2026/0001 and so on. Certificates with the same prefix share the numbers."
        width="sm"
      />
      {others.length > 0 ? (
        <CheckboxesField
          name="contains"
          label="Certificates that it includes"
          hint="Nobody can buy one of these together with it."
          optional
          choices={others.map(({ code, title }) => ({ value: code, label: title }))}
        />
      ) : null}
      <CheckboxField name="needs_check" label="A second officer checks it before it is issued" />
      <TextField name="turnaround_days" label="Working days" inputMode="numeric" width="xs" />
      <TextField
        name="urgent_turnaround_days"
        label="Working days when urgent"
        hint="It is offered when the fee has a price for urgency, too."
        inputMode="numeric"
        width="xs"
        optional
      />
      <TextField
        name="cut_off"
        label="Cut-off"
        hint="Paid after this time, the clock starts the next working day."
        width="sm"
      />
      <DateField
        name="closed_from_on"
        label="Closed from"
        optional
        hint="The first day on which nobody can order it, such as 1 July until rates are struck."
      />
      <DateField name="opens_again_on" label="Opens again" optional />
      <TextField name="closed_reason" label="What customers read while it is closed" optional />
    </>
  )
}
