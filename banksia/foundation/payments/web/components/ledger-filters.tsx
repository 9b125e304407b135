import { useState } from 'react'
import { Button } from '@ag.ds-next/react/button'
import { Select } from '@ag.ds-next/react/select'
import { TextInput } from '@ag.ds-next/react/text-input'
import { Filters, periodWords, presets } from '@banksia/kit'
import { ledgerPage } from '../routes'
import { ledgerKinds, ledgerMethods, type LedgerKind } from './ledger-words'

const EVERY = ''
const choices = (words: Record<string, string>, every: string) => [
  { value: EVERY, label: every },
  ...Object.entries(words).map(([value, label]) => ({ value, label })),
]

/** Kind, way to pay, reference and days; the address keeps what is chosen. */
export function LedgerFilters() {
  const search = ledgerPage.useSearch()
  const setSearch = ledgerPage.useSetSearch()
  const [reference, setReference] = useState(search.reference ?? '')
  const known = presets()
  const chosen = known.findIndex(({ from, until }) => from === search.from && until === search.until)
  return (
    <form
      role="search"
      onSubmit={(event) => {
        event.preventDefault()
        setSearch({ reference: reference.trim() || undefined })
      }}
    >
      <Filters applied={applied(search)}>
        <Select
          label="Entry"
          hideOptionalLabel
          value={search.kind ?? EVERY}
          options={choices(ledgerKinds, 'Every entry')}
          onChange={(event) => {
            const kind = event.target.value
            setSearch({ kind: kind === EVERY ? undefined : (kind as LedgerKind) })
          }}
        />
        <Select
          label="Way to pay"
          hideOptionalLabel
          value={search.method ?? EVERY}
          options={choices(ledgerMethods, 'Every way')}
          onChange={(event) => {
            setSearch({ method: event.target.value || undefined })
          }}
        />
        <Select
          label="Days"
          hideOptionalLabel
          value={chosen === -1 ? (search.from ? 'own' : EVERY) : String(chosen)}
          options={[
            { value: EVERY, label: 'All days' },
            ...known.map(({ label }, index) => ({ value: String(index), label })),
            ...(chosen === -1 && search.from ? [{ value: 'own', label: 'Other days' }] : []),
          ]}
          onChange={(event) => {
            const preset = event.target.value === EVERY ? undefined : known[Number(event.target.value)]
            setSearch({ from: preset?.from, until: preset?.until })
          }}
        />
        <TextInput
          label="Reference"
          hideOptionalLabel
          value={reference}
          onChange={(event) => {
            setReference(event.target.value)
          }}
        />
        <Button type="submit" size="sm" variant="secondary">
          Find entries
        </Button>
      </Filters>
    </form>
  )
}

function applied(search: ReturnType<typeof ledgerPage.useSearch>): string {
  const { kind, method, from, until, reference } = search
  const words = [
    kind ? ledgerKinds[kind] : '',
    method ?? '',
    reference ?? '',
    from && until ? periodWords({ from, until }) : '',
  ].filter(Boolean)
  return words.join(', ') || 'All entries'
}
