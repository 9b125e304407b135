import {
  DateField,
  dayOf,
  Form,
  Panel,
  ProblemError,
  RadioField,
  RowsField,
  SelectField,
  SubmitButton,
  TextareaField,
  TextField,
  useKitForm,
} from '@banksia/kit'
import { z } from 'zod'
import { type LineagePreview, type LineageRecord, previewLineage, type PropertyRead } from '../api'
import { LINEAGE_KINDS } from './words'

const day = z.iso.date('Enter the day as 12/03/2018.')
const schema = z.object({
  kind: z.enum(Object.keys(LINEAGE_KINDS) as (keyof typeof LINEAGE_KINDS)[], 'Choose what happened.'),
  plan: z.string().trim().min(1, 'Enter the plan, such as DP 1242624.').max(200),
  occurred_on: day.refine((on) => on <= dayOf(new Date()), 'That day has not come yet.'),
  source: z.string().trim().min(1, 'Enter where council knows it from.').max(200),
  note: z.string().trim().max(5000),
  status: z.enum(['current', 'proposed']),
  parents: z.array(z.object({ parcel: z.string().trim().min(1, 'Enter the lot and plan.') })),
  children: z.array(
    z.object({
      parcel: z.string().trim().min(1, 'Enter the lot.'),
      area: z
        .string()
        .trim()
        .regex(/^(\d[\d ,]*(\.\d+)?)?$/, 'Enter the area in square metres, such as 1012.'),
    }),
  ),
})

export type TypedLineage = z.input<typeof schema>

/** What the form begins with: the present lots of the property end, and two come of them. */
export function typedFor({ parcels }: PropertyRead): TypedLineage {
  const present = parcels.filter(({ status }) => status !== 'historic')
  return {
    kind: present.length > 1 ? 'consolidation' : 'subdivision',
    plan: '',
    occurred_on: '',
    source: '',
    note: '',
    status: 'current',
    parents: present.map(({ title }) => ({ parcel: title })),
    children: present.length > 1 ? [BLANK] : [BLANK, BLANK],
  }
}

const BLANK = { parcel: '', area: '' }

/** As the server takes it: a lot alone is one of the plan. */
export function recordOf(typed: z.output<typeof schema>): LineageRecord {
  const { parents, children, status, ...rest } = typed
  return {
    ...rest,
    parents: parents.map(({ parcel }) => parcel),
    children: children.map(({ parcel, area }) => ({
      parcel: /^\w{1,5}$/.test(parcel) ? `Lot ${parcel} ${rest.plan}` : parcel,
      area_square_metres: area === '' ? null : Number(area.replaceAll(/[ ,]/g, '')),
      status,
    })),
  }
}

interface LineageFormProps {
  start: TypedLineage
  onReview: (reviewed: { typed: TypedLineage; record: LineageRecord; preview: LineagePreview }) => void
}

/** Asks the server what recording would do; what stands against it lands on its fields. */
export function LineageForm({ start, onReview }: LineageFormProps) {
  const form = useKitForm({
    schema,
    defaultValues: start,
    onSubmit: async (typed) => {
      const record = recordOf(typed)
      const { data: preview } = await previewLineage({ body: record, throwOnError: true })
      if (preview.problems.length > 0) throw problemsOf(preview)
      onReview({ typed, record, preview })
    },
  })
  return (
    <Form form={form} label="What happened">
      <Panel title="What happened">
        <div css={{ display: 'grid', gap: '1.25rem' }}>
          <SelectField
            name="kind"
            label="Kind"
            options={Object.entries(LINEAGE_KINDS).map(([value, label]) => ({ value, label }))}
          />
          <TextField
            name="plan"
            label="Plan"
            hint="Such as DP 1242624. For a termination, the dealing or notice."
            width="lg"
          />
          <DateField name="occurred_on" label="Day it was registered" to={dayOf(new Date())} />
          <TextField
            name="source"
            label="Source"
            hint="Where council knows it from: NSW Land Registry Services, a letter."
            width="full"
          />
          <TextareaField name="note" label="Note" optional rows={2} />
        </div>
      </Panel>
      <Panel title="Before">
        <RowsField name="parents" label="Lots that end" of="lot" blank={{ parcel: '' }} least={0}>
          {(path, index) => (
            <TextField name={`${path}.parcel`} label={`Lot and plan ${index + 1}`} width="xl" />
          )}
        </RowsField>
      </Panel>
      <Panel title="After">
        <div css={{ display: 'grid', gap: '1.25rem' }}>
          <RowsField
            name="children"
            label="Lots that come of them"
            hint="A number alone is a lot of the plan above. For another plan write 5 DP 755123."
            of="lot"
            blank={BLANK}
            least={0}
          >
            {(path, index) => (
              <>
                <TextField name={`${path}.parcel`} label={`Lot ${index + 1}`} width="md" />
                <TextField name={`${path}.area`} label="Area in m²" optional inputMode="decimal" width="sm" />
              </>
            )}
          </RowsField>
          <RadioField
            name="status"
            label="Are they registered?"
            inline
            choices={[
              { value: 'current', label: 'Yes, they are current' },
              { value: 'proposed', label: 'No, they are proposed' },
            ]}
          />
        </div>
      </Panel>
      <div>
        <SubmitButton>Check what will happen</SubmitButton>
      </div>
    </Form>
  )
}

function problemsOf({ problems }: LineagePreview): ProblemError {
  return new ProblemError(
    {
      title: 'This cannot be recorded so',
      detail: problems.map(({ message }) => message).join(' '),
      // Sent as lists of texts: a problem of one is a problem of the row's one field.
      errors: problems.map(({ field, message }) => ({
        field: /^parents\.\d+$/.test(field) ? `${field}.parcel` : field,
        message,
      })),
    },
    422,
  )
}
