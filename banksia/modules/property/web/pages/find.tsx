import { useState } from 'react'
import { useQuery } from '@tanstack/react-query'
import { Button } from '@ag.ds-next/react/button'
import { TextInput } from '@ag.ds-next/react/text-input'
import { TextLink } from '@ag.ds-next/react/text-link'
import {
  EmptyState,
  findProperties,
  Loaded,
  noProperty,
  Panel,
  propertyDetail,
  propertyTitle,
  RowList,
  StaffPage,
  Status,
} from '@banksia/kit'
import { findPage, propertyPage } from '../routes'

const STATES = { current: 'Current', proposed: 'Proposed', historic: 'Historic' } as const

/** Every match of a search, with an address that can be kept. */
export default function FindPage() {
  const { q } = findPage.useSearch()
  const setSearch = findPage.useSetSearch()
  const [typed, setTyped] = useState(q ?? '')
  return (
    <StaffPage title="Properties" facts="Search by address, lot and plan, or assessment number.">
      <div css={{ display: 'grid', gap: '1rem', maxWidth: '60rem' }}>
        <form
          role="search"
          onSubmit={(event) => {
            event.preventDefault()
            setSearch({ q: typed.trim() || undefined })
          }}
          css={{ display: 'flex', flexWrap: 'wrap', gap: '0.75rem', alignItems: 'end' }}
        >
          <TextInput
            label="Find a property"
            hideOptionalLabel
            maxWidth="xl"
            value={typed}
            onChange={(event) => {
              setTyped(event.target.value)
            }}
          />
          <Button type="submit">Find property</Button>
        </form>
        {q ? <Matches query={q} /> : null}
      </div>
    </StaffPage>
  )
}

function Matches({ query }: { query: string }) {
  const found = useQuery({
    queryKey: ['property', 'find', query],
    queryFn: ({ signal }) => findProperties(query, signal, 50),
  })
  return (
    <Loaded query={found} failed="The search failed">
      {(matches) =>
        matches.length === 0 ? (
          <EmptyState>{noProperty(query)}</EmptyState>
        ) : (
          <Panel
            title={
              matches.length === 50
                ? 'The first 50 matches'
                : `${String(matches.length)} match${matches.length === 1 ? '' : 'es'}`
            }
            flush
          >
            <RowList
              inset
              rows={matches.map((match) => ({
                key: `${match.id} ${match.address ?? ''}`,
                title: (
                  <TextLink href={propertyPage.href({ params: { propertyId: match.id } })}>
                    {propertyTitle(match)}
                  </TextLink>
                ),
                detail: propertyDetail(match),
                end: <Status word={STATES[match.status]} />,
              }))}
            />
          </Panel>
        )
      }
    </Loaded>
  )
}
