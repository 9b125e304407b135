import { useQuery } from '@tanstack/react-query'
import { TextLink } from '@ag.ds-next/react/text-link'
import { EmptyState, Loaded, Panel, StaffPage, Tag } from '@banksia/kit'
import { listLocationsOptions, listTillsOptions } from '../api'
import { AddLocation, AddTill, LocationUse, TillRows } from '../components/till-keeping'

/** The council's counters and their tills. From the first till on, counter money goes through tills. */
export default function TillSettingsPage() {
  const locations = useQuery(listLocationsOptions({ query: { limit: 100 } }))
  const tills = useQuery(listTillsOptions({ query: { limit: 100 } }))
  return (
    <StaffPage
      title="Counters and tills"
      where={<TextLink href="/settings">Settings</TextLink>}
      facts="From the first till on, a clerk needs an open till to take cash, EFTPOS or a cheque."
    >
      <div css={{ display: 'grid', gap: '1.25rem', maxWidth: '48rem' }}>
        <Loaded query={locations} failed="The counters could not be loaded">
          {({ results }) =>
            results.length === 0 ? (
              <EmptyState>There is no counter yet. Money is taken without tills.</EmptyState>
            ) : (
              results.map((location) => (
                <Panel
                  key={location.id}
                  title={location.name}
                  action={
                    <>
                      {location.closed_at ? <Tag>Out of use</Tag> : null} <LocationUse location={location} />
                    </>
                  }
                >
                  <div css={{ display: 'grid', gap: '1.25rem' }}>
                    <Loaded query={tills} failed="The tills could not be loaded">
                      {(all) => (
                        <TillRows
                          tills={all.results.filter(({ location_id }) => location_id === location.id)}
                        />
                      )}
                    </Loaded>
                    {location.closed_at ? null : <AddTill location={location} />}
                  </div>
                </Panel>
              ))
            )
          }
        </Loaded>
        <AddLocation />
      </div>
    </StaffPage>
  )
}
