import { useQueryClient } from '@tanstack/react-query'
import { Button } from '@ag.ds-next/react/button'
import {
  DateField,
  dayOf,
  Dialog,
  Form,
  RadioField,
  SelectField,
  SubmitButton,
  TextField,
  useKitForm,
} from '@banksia/kit'
import { z } from 'zod'
import { type AttributeRead, recordAttribute } from '../api'
import { dollarsOf } from './words'

interface RecordAttributeProps {
  propertyId: string
  attribute: AttributeRead
  onClose: () => void
}

const schema = z.object({
  value: z.string().trim().min(1, 'Enter what council knows, or choose Unknown.'),
  detail: z.string().trim(),
  source: z.string().trim().min(1, 'Enter who or what says so: a layer, a register, a letter.'),
  as_at_on: z.union([z.literal(''), z.iso.date('Enter the day as 25/11/2026.')]),
})

/** Records by hand what an attribute is; where it is known from is asked for every time. */
export default function RecordAttribute({ propertyId, attribute, onClose }: RecordAttributeProps) {
  const queryClient = useQueryClient()
  const form = useKitForm({
    schema,
    defaultValues: {
      value: typedValue(attribute),
      detail: attribute.detail,
      source: attribute.source ?? '',
      as_at_on: dayOf(new Date()),
    },
    onSubmit: async ({ as_at_on, ...recorded }) => {
      await recordAttribute({
        path: { property_id: propertyId, code: attribute.code },
        body: { ...recorded, as_at_on: as_at_on || null, parcel_id: attribute.parcel_id },
        throwOnError: true,
      })
      onClose()
      await queryClient.invalidateQueries()
    },
  })
  return (
    <Dialog open onClose={onClose} title={titleOf(attribute)}>
      <Form form={form}>
        <ValueField attribute={attribute} />
        <TextField name="detail" label="More in words" optional width="full" />
        <TextField
          name="source"
          label="Source"
          hint="The layer, register, letter or person that says so."
          width="full"
        />
        <DateField
          name="as_at_on"
          label="As at"
          hint="The day on which the source says so."
          optional
          to={dayOf(new Date())}
        />
        <SubmitButton
          beside={
            <Button variant="secondary" onClick={onClose}>
              Leave it as it is
            </Button>
          }
        >
          {`Record ${attribute.title.toLowerCase()}`}
        </SubmitButton>
      </Form>
    </Dialog>
  )
}

function titleOf({ title, parcel_title }: AttributeRead): string {
  return parcel_title ? `${title} of ${parcel_title}` : title
}

function typedValue({ kind, value, is_unknown }: AttributeRead): string {
  if (is_unknown || value === null) return ''
  return kind === 'amount' ? dollarsOf(value) : value
}

function ValueField({ attribute }: { attribute: AttributeRead }) {
  const shared = { name: 'value', label: attribute.title, hint: attribute.help || undefined }
  if (attribute.kind === 'yes_no')
    return (
      <RadioField
        {...shared}
        inline
        choices={[
          { value: 'yes', label: 'Yes' },
          { value: 'no', label: 'No' },
          { value: 'unknown', label: 'Unknown' },
        ]}
      />
    )
  if (attribute.kind === 'choice')
    return (
      <SelectField
        {...shared}
        width="full"
        placeholder="Choose"
        options={[
          ...attribute.choices.map((choice) => ({ value: choice, label: choice })),
          { value: 'unknown', label: 'Unknown' },
        ]}
      />
    )
  if (attribute.kind === 'date') return <DateField {...shared} />
  if (attribute.kind === 'amount')
    return <TextField {...shared} label={`${attribute.title}, in dollars`} inputMode="decimal" width="sm" />
  return <TextField {...shared} width="full" />
}
