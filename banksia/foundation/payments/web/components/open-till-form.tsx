import { useQuery, useQueryClient } from '@tanstack/react-query'
import {
  DecisionPanel,
  EmptyState,
  Form,
  Loaded,
  MoneyField,
  SelectField,
  SubmitButton,
  useKitForm,
} from '@banksia/kit'
import { z } from 'zod'
import { listTillsOptions, openTill, type TillRead } from '../api'
import { CashCount } from './cash-count'
import { placeOfTill } from './till-words'

const schema = z.object({
  till_id: z.string().min(1, 'Choose the till.'),
  float_cents: z
    .number('Enter the cash in the till.')
    .int('Enter the cash in the till.')
    .min(0)
    .max(99_999_999),
})

/** Choose a till that nobody has open, and say what lies in it. */
export function OpenTillForm() {
  const tills = useQuery(listTillsOptions({ query: { limit: 100 } }))
  return (
    <Loaded query={tills} failed="The tills could not be loaded">
      {({ results }) => {
        const free = results.filter(({ usable, session_id }) => usable && !session_id)
        if (free.length > 0) return <Choose free={free} />
        return (
          <EmptyState>
            {results.some(({ usable }) => usable)
              ? 'Somebody has every till open. A till is free again when it is closed with a count.'
              : 'There is no till yet. An administrator adds one under Settings, Counters and tills.'}
          </EmptyState>
        )
      }}
    </Loaded>
  )
}

function Choose({ free }: { free: readonly TillRead[] }) {
  const queryClient = useQueryClient()
  const form = useKitForm({
    schema,
    defaultValues: { till_id: free.length === 1 ? (free[0]?.id ?? '') : '', float_cents: Number.NaN },
    onSubmit: async (body) => {
      await openTill({ body, throwOnError: true })
      await queryClient.invalidateQueries()
    },
  })
  return (
    <DecisionPanel title="Open a till">
      <Form form={form} label="Open a till">
        <SelectField
          name="till_id"
          label="Till"
          placeholder="Choose a till"
          options={free.map((till) => ({ value: till.id, label: placeOfTill(till) }))}
        />
        <MoneyField name="float_cents" label="Float" hint="The cash that lies in the drawer now." />
        <CashCount
          onCount={(cents) => {
            form.methods.setValue('float_cents', cents)
          }}
        />
        <SubmitButton>Open till</SubmitButton>
      </Form>
    </DecisionPanel>
  )
}
