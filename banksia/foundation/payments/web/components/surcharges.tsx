import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import {
  ActionButton,
  DateField,
  dayOf,
  ErrorPanel,
  Form,
  formatDate,
  formatDayAndTime,
  Loaded,
  Panel,
  RowList,
  SelectField,
  SubmitButton,
  Tag,
  TextField,
  useKitForm,
} from '@banksia/kit'
import { z } from 'zod'
import { addSurcharge, endSurchargeMutation, listSurchargesOptions, type SurchargeRead } from '../api'

const METHODS = { card: 'Card, online', eftpos: 'EFTPOS at the counter' } as const
const percent = (basisPoints: number) => `${(basisPoints / 100).toFixed(2)} %`
const schema = z.object({
  method: z.enum(['card', 'eftpos']),
  percent: z
    .string()
    .regex(/^\d{1,2}(\.\d{1,2})?$/, 'Enter a percentage such as 0.85.')
    .refine((typed) => Number(typed) >= 0.01 && Number(typed) <= 10, 'A surcharge is from 0.01 % to 10 %.'),
  from_on: z.iso.date('Enter the first day.'),
})

/** What a way to pay costs on top, from which day on; none until the council turns one on. */
export function Surcharges() {
  const surcharges = useQuery(listSurchargesOptions())
  return (
    <Panel
      title="Surcharges"
      hint="Off unless there is one here. Ask for no more than the payment costs the council, and only while the law allows it."
    >
      <div css={{ display: 'grid', gap: '1.25rem' }}>
        <Loaded query={surcharges} failed="The surcharges could not be loaded">
          {(rows) => (rows.length === 0 ? <p>No surcharge is asked for.</p> : <Rows rows={rows} />)}
        </Loaded>
        <AddSurcharge />
      </div>
    </Panel>
  )
}

function endOf(row: SurchargeRead): string {
  if (row.stopped_at) return `, stopped ${formatDayAndTime(row.stopped_at)}`
  return row.until_on ? ` until ${formatDate(row.until_on)}` : ''
}

function Rows({ rows }: { rows: readonly SurchargeRead[] }) {
  const queryClient = useQueryClient()
  const end = useMutation({ ...endSurchargeMutation(), onSuccess: () => queryClient.invalidateQueries() })
  const today = dayOf(new Date())
  const isEnding = (row: SurchargeRead, day?: string) =>
    end.isPending && end.variables.path.surcharge_id === row.id && end.variables.body.until_on === day
  return (
    <>
      {end.error ? <ErrorPanel title="The surcharge was not changed" error={end.error} /> : null}
      <RowList
        rows={rows.map((row) => ({
          key: row.id,
          title: (
            <>
              {`${METHODS[row.method]}, ${percent(row.basis_points)}`} {row.holds ? <Tag>Today</Tag> : null}
            </>
          ),
          detail: `From ${formatDate(row.from_on)}${endOf(row)}`,
          end: (
            <div css={{ display: 'flex', flexWrap: 'wrap', gap: '0.5rem', justifyContent: 'flex-end' }}>
              {row.from_on <= today && row.until_on === null ? (
                <ActionButton
                  size="sm"
                  variant="secondary"
                  loading={isEnding(row, today)}
                  onClick={() => {
                    end.mutate({ path: { surcharge_id: row.id }, body: { until_on: today } })
                  }}
                >
                  Ask for it until today
                </ActionButton>
              ) : null}
              {row.from_on > today || row.holds ? (
                <ActionButton
                  size="sm"
                  variant="secondary"
                  loading={isEnding(row)}
                  onClick={() => {
                    end.mutate({ path: { surcharge_id: row.id }, body: {} })
                  }}
                >
                  {row.from_on > today ? 'Take away' : 'Stop now'}
                </ActionButton>
              ) : null}
            </div>
          ),
        }))}
      />
    </>
  )
}

function AddSurcharge() {
  const queryClient = useQueryClient()
  const form = useKitForm({
    schema,
    defaultValues: { method: 'card' as const, percent: '', from_on: '' },
    onSubmit: async (typed) => {
      const body = {
        method: typed.method,
        basis_points: Math.round(Number(typed.percent) * 100),
        from_on: typed.from_on,
      }
      await addSurcharge({ body, throwOnError: true })
      form.methods.reset()
      await queryClient.invalidateQueries()
    },
  })
  return (
    <Form form={form} label="New surcharge" gap="1rem">
      <SelectField
        name="method"
        label="Way to pay"
        options={Object.entries(METHODS).map(([value, label]) => ({ value, label }))}
      />
      <TextField
        name="percent"
        label="Percent"
        hint="0.85 is 85 cents in $100.00."
        inputMode="decimal"
        width="sm"
      />
      <DateField name="from_on" label="From" />
      <SubmitButton size="sm">Add surcharge</SubmitButton>
    </Form>
  )
}
