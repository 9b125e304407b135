import { useState } from 'react'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import {
  CheckboxesField,
  DecisionPanel,
  EmptyState,
  Form,
  formatDay,
  formatMoney,
  Loaded,
  SubmitButton,
  TextField,
  useKitForm,
  useNavigateTo,
} from '@banksia/kit'
import { Select } from '@ag.ds-next/react/select'
import { useWatch } from 'react-hook-form'
import { z } from 'zod'
import { bankSessions, listTillSessionsOptions, type TillSessionRead } from '../api'
import { bankingPage } from '../till-routes'
import { toBank } from './till-words'

const schema = z.object({
  session_ids: z.array(z.string()).min(1, 'Choose at least one till.'),
  reference: z.string().trim().min(1, 'Enter the number of the bag or slip.').max(200),
})

/** Put the closed tills of one counter into a bag. */
export function BankForm() {
  const waiting = useQuery(listTillSessionsOptions({ query: { unbanked: true, limit: 100 } }))
  const [chosen, setChosen] = useState('')
  return (
    <Loaded query={waiting} failed="The closed tills could not be loaded">
      {({ results }) => {
        const counters = [...new Map(results.map((found) => [found.location_id, found.location_name]))]
        const [first] = counters
        if (!first) return <EmptyState>No closed till waits for the bank.</EmptyState>
        const location = counters.some(([id]) => id === chosen) ? chosen : first[0]
        return (
          <DecisionPanel title="Take to the bank">
            <div css={{ marginBottom: '1rem' }}>
              {counters.length > 1 ? (
                <Select
                  label="Counter"
                  hideOptionalLabel
                  block
                  value={location}
                  options={counters.map(([value, label]) => ({ value, label }))}
                  onChange={(event) => {
                    setChosen(event.target.value)
                  }}
                />
              ) : (
                <p>{first[1]}</p>
              )}
            </div>
            <Bag
              key={location}
              locationId={location}
              tills={results.filter(({ location_id }) => location_id === location)}
            />
          </DecisionPanel>
        )
      }}
    </Loaded>
  )
}

function Bag({ locationId, tills }: { locationId: string; tills: readonly TillSessionRead[] }) {
  const queryClient = useQueryClient()
  const navigate = useNavigateTo()
  const sumOfAll = (ids: readonly string[]) =>
    tills.filter(({ id }) => ids.includes(id)).reduce((sum, found) => sum + toBank(found), 0)
  const form = useKitForm({
    schema,
    defaultValues: { session_ids: tills.map(({ id }) => id), reference: '' },
    onSubmit: async ({ session_ids, reference }) => {
      const seen_total_cents = sumOfAll(session_ids)
      const { data } = await bankSessions({
        body: { location_id: locationId, reference, session_ids, seen_total_cents },
        throwOnError: true,
      })
      await queryClient.invalidateQueries()
      navigate(bankingPage.href({ params: { bankingId: data.id } }))
    },
  })
  const ids = useWatch({ control: form.methods.control, name: 'session_ids' })
  return (
    <Form form={form} label="Take to the bank">
      <CheckboxesField
        name="session_ids"
        label="Closed tills"
        choices={tills.map((found) => ({
          value: found.id,
          label: `${found.till_name}, ${found.cashier_name}, ${formatDay(found.closed_at ?? found.opened_at)}: ${formatMoney(toBank(found))}`,
        }))}
      />
      <TextField name="reference" label="Bag or deposit slip number" width="full" />
      <p>Each till is banked once. The bag cannot be changed afterwards.</p>
      <SubmitButton>{`Bank ${formatMoney(sumOfAll(ids))}`}</SubmitButton>
    </Form>
  )
}
