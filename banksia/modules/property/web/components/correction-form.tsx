import { useQueryClient } from '@tanstack/react-query'
import { ButtonLink } from '@ag.ds-next/react/button'
import {
  colour,
  EmptyState,
  Form,
  formatAddress,
  SelectField,
  SubmitButton,
  TextareaField,
  TextField,
  useKitForm,
  useNavigateTo,
} from '@banksia/kit'
import { z } from 'zod'
import { proposeCorrection, type PropertyRead } from '../api'
import { correctionsPage, propertyPage } from '../routes'
import { CORRECTION_FIELDS, correctionValue } from './words'

type Field = keyof typeof CORRECTION_FIELDS

/** One thing that can be corrected, with what it says now. */
interface Correctable {
  key: string
  recordId: string
  field: Field
  label: string
  now: string | null
}

const schema = z.object({
  field: z.string().min(1, 'Choose what is wrong.'),
  value: z.string().trim().min(1, 'Enter what it should say.'),
  reason: z.string().trim().min(1, 'Say how you know, so that somebody else can decide.').max(5000),
})
type Typed = z.infer<typeof schema>

/** Which record, what it should say and why. */
export function CorrectionForm({ property }: { property: PropertyRead }) {
  const navigate = useNavigateTo()
  const queryClient = useQueryClient()
  const choices = correctables(property)
  const find = (key: string) => choices.find((choice) => choice.key === key)
  const form = useKitForm<Typed, Typed>({
    schema,
    defaultValues: { field: choices.length === 1 ? (choices[0]?.key ?? '') : '', value: '', reason: '' },
    onSubmit: async ({ field: key, value, reason }) => {
      const choice = find(key)
      if (!choice) return
      const { recordId: record_id, field } = choice
      await proposeCorrection({
        path: { property_id: property.id },
        body: { record_id, field, value, reason },
        throwOnError: true,
      })
      await queryClient.invalidateQueries()
      navigate(correctionsPage.href({ search: { property: property.id } }))
    },
  })
  if (choices.length === 0)
    return <EmptyState>This property has neither an address nor a lot that could be corrected.</EmptyState>
  const chosen = find(form.methods.watch('field'))
  return (
    <Form form={form} label="Correction">
      <SelectField
        name="field"
        label="What is wrong"
        placeholder="Choose an address or a lot"
        options={choices.map(({ key, label }) => ({ value: key, label }))}
        width="full"
      />
      {chosen ? <Value chosen={chosen} /> : null}
      <TextareaField
        name="reason"
        label="How you know"
        hint="A plan, a letter, a visit: what the officer who decides can check."
        rows={3}
      />
      <SubmitButton
        beside={
          <ButtonLink variant="secondary" href={propertyPage.href({ params: { propertyId: property.id } })}>
            Leave it as it is
          </ButtonLink>
        }
      >
        Propose correction
      </SubmitButton>
    </Form>
  )
}

function Value({ chosen }: { chosen: Correctable }) {
  const now = correctionValue(chosen.field, chosen.now)
  return (
    <>
      <p>
        <span css={{ color: colour.foregroundMuted }}>It says now: </span>
        <strong>{now}</strong>
      </p>
      {chosen.field === 'status' ? (
        <SelectField
          name="value"
          label="It should say"
          placeholder="Choose"
          options={[
            { value: 'proposed', label: 'Proposed' },
            { value: 'current', label: 'Current' },
            { value: 'historic', label: 'Historic' },
          ].filter(({ value }) => value !== chosen.now)}
        />
      ) : (
        <TextField
          key={chosen.field}
          name="value"
          label="It should say"
          hint={HINTS[chosen.field]}
          inputMode={chosen.field === 'text' ? undefined : 'decimal'}
          width={chosen.field === 'text' ? 'full' : 'sm'}
        />
      )}
    </>
  )
}

const HINTS = {
  text: 'The whole address with its locality: 9 Portland Road, Portland.',
  postcode: 'Four digits.',
  area_square_metres: 'In square metres.',
} as const

function correctables(property: PropertyRead): Correctable[] {
  const addresses = property.addresses.flatMap(({ id, text, postcode }) => [
    entry(id, 'text', formatAddress(text), text),
    entry(id, 'postcode', formatAddress(text), postcode),
  ])
  const parcels = property.parcels.flatMap(({ id, title, area_square_metres, status }) => [
    entry(id, 'area_square_metres', title, area_square_metres === null ? null : String(area_square_metres)),
    entry(id, 'status', title, status),
  ])
  return [...addresses, ...parcels]
}

function entry(recordId: string, field: Field, name: string, now: string | null): Correctable {
  const label = field === 'text' ? name : `${CORRECTION_FIELDS[field]} of ${name}`
  return { key: `${recordId} ${field}`, recordId, field, label, now }
}
