import { useQuery } from '@tanstack/react-query'
import { Select } from '@ag.ds-next/react/select'
import { FindForm } from '@banksia/kit'
import { listTeamsOptions, readCatalogueOptions } from '../api'
import { queuePage } from '../staff-routes'

const STATES = [
  { value: 'queued', label: 'Queued' },
  { value: 'assigned', label: 'Being prepared' },
  { value: 'drafted', label: 'Drafted' },
  { value: 'to_check', label: 'To check' },
  { value: 'checked', label: 'Checked' },
  { value: 'on_hold', label: 'On hold' },
]

/** What the list is narrowed to, in words; nothing where it shows everything that its view has. */
export function useApplied(): string[] {
  const search = queuePage.useSearch()
  const products = useQuery(readCatalogueOptions()).data?.products ?? []
  const teams = useQuery(listTeamsOptions()).data?.teams ?? []
  const urgency = search.urgent && (search.urgent === 'yes' ? 'urgent' : 'not urgent')
  return [
    search.team && (search.team === 'all' ? 'all teams' : teams.find(({ id }) => id === search.team)?.name),
    search.product && (products.find(({ code }) => code === search.product)?.short_title ?? search.product),
    STATES.find(({ value }) => value === search.state)?.label,
    urgency,
    search.q,
  ].filter((each): each is string => Boolean(each))
}

/** Everything that narrows the list, taken away. */
export const NOT_NARROWED = {
  team: undefined,
  product: undefined,
  state: undefined,
  urgent: undefined,
  q: undefined,
} as const

/** What the list is narrowed to; all of it stands in the address. */
export function QueueFilters() {
  const search = queuePage.useSearch()
  const setSearch = queuePage.useSetSearch()
  const catalogue = useQuery(readCatalogueOptions())
  const products = (catalogue.data?.products ?? []).filter(({ kind }) => kind === 'sale')
  const teams = useQuery(listTeamsOptions()).data?.teams ?? []
  const applied = useApplied()
  return (
    <FindForm
      label="Find in this list"
      button="Find"
      value={search.q}
      onFind={(text) => setSearch({ q: text })}
      applied={applied.join(', ') || 'All certificates'}
    >
      {teams.length > 0 ? (
        <Select
          label="Team"
          hideOptionalLabel
          placeholder={teams.some(({ is_mine }) => is_mine) ? 'My share' : 'All teams'}
          value={search.team ?? ''}
          options={[
            ...teams.map(({ id, name }) => ({ value: id, label: name })),
            ...(teams.some(({ is_mine }) => is_mine) ? [{ value: 'all', label: 'All teams' }] : []),
          ]}
          onChange={(event) => {
            setSearch({ team: event.target.value || undefined })
          }}
        />
      ) : null}
      <Select
        label="Certificate"
        hideOptionalLabel
        placeholder="All certificates"
        value={search.product ?? ''}
        options={products.map(({ code, short_title }) => ({ value: code, label: short_title }))}
        onChange={(event) => {
          setSearch({ product: event.target.value || undefined })
        }}
      />
      <Select
        label="State"
        hideOptionalLabel
        placeholder="Any state"
        value={search.state ?? ''}
        options={STATES}
        onChange={(event) => {
          setSearch({ state: (event.target.value || undefined) as typeof search.state })
        }}
      />
      <Select
        label="Urgency"
        hideOptionalLabel
        placeholder="Any"
        value={search.urgent ?? ''}
        options={[
          { value: 'yes', label: 'Urgent' },
          { value: 'no', label: 'Standard' },
        ]}
        onChange={(event) => {
          setSearch({ urgent: (event.target.value || undefined) as typeof search.urgent })
        }}
      />
    </FindForm>
  )
}
