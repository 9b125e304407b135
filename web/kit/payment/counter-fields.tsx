import { useState } from 'react'
import { useQuery } from '@tanstack/react-query'
import { Select } from '@ag.ds-next/react/select'
import { TextInput } from '@ag.ds-next/react/text-input'
import { formatMoney } from '../format/money'
import { surchargeOn } from '../format/surcharge'
import { useRested } from '../search/use-matches'
import { accountsQuery, type CounterMethod } from './counter-parts'

interface CounterFieldsProps {
  method: Exclude<CounterMethod, 'cash'>
  amountCents: number
  basisPoints: number
  values: { reference: string; drawer: string; account: string }
  onChange: (changes: Partial<CounterFieldsProps['values']>) => void
}

/** What each way to pay leaves as its trace. There is no field for the number of a card. */
export function CounterFields({ method, amountCents, basisPoints, values, onChange }: CounterFieldsProps) {
  const surcharge = method === 'eftpos' ? surchargeOn(amountCents, basisPoints) : 0
  if (method === 'account')
    return (
      <AccountField
        value={values.account}
        onChange={(account) => {
          onChange({ account })
        }}
      />
    )
  return (
    <>
      {surcharge > 0 ? (
        <p role="status">
          Take <strong>{formatMoney(amountCents + surcharge)}</strong> on the terminal:{' '}
          {formatMoney(surcharge)} of it is the surcharge.
        </p>
      ) : null}
      {method === 'cheque' ? (
        <TextInput
          label="Name on the cheque"
          hideOptionalLabel
          value={values.drawer}
          onChange={(event) => {
            onChange({ drawer: event.target.value })
          }}
        />
      ) : null}
      <TextInput
        label={method === 'eftpos' ? 'Terminal reference' : 'Cheque number'}
        hint={method === 'eftpos' ? 'From the terminal’s slip. Never type a card number.' : undefined}
        hideOptionalLabel
        value={values.reference}
        onChange={(event) => {
          onChange({ reference: event.target.value })
        }}
      />
    </>
  )
}

function AccountField({ value, onChange }: { value: string; onChange: (id: string) => void }) {
  const [search, setSearch] = useState('')
  const [chosen, setChosen] = useState<{ value: string; label: string }>()
  const accounts = useQuery(accountsQuery(useRested(search.trim())))
  const choices = (accounts.data ?? []).map(({ id, code, name, left_cents }) => ({
    value: id,
    label: `${name} (${code}), ${formatMoney(left_cents)} left`,
  }))
  // A list that comes later may lack the account that is chosen: it stays in sight, for it is charged.
  const isListed = choices.some((choice) => choice.value === value)
  const options = chosen && value && !isListed ? [chosen, ...choices] : choices
  return (
    <>
      <TextInput
        label="Find the account"
        hint="Name or debtor number."
        hideOptionalLabel
        value={search}
        onChange={(event) => {
          setSearch(event.target.value)
          onChange('')
        }}
      />
      <Select
        label="Account"
        hideOptionalLabel
        block
        placeholder={accounts.isSuccess && choices.length === 0 ? 'No account matches' : 'Choose an account'}
        options={options}
        value={value}
        onChange={({ target }) => {
          setChosen(options.find((choice) => choice.value === target.value))
          onChange(target.value)
        }}
      />
    </>
  )
}
