import { useState } from 'react'
import { useQuery } from '@tanstack/react-query'
import { Button } from '@ag.ds-next/react/button'
import { TextLink } from '@ag.ds-next/react/text-link'
import { Loaded, Panel, StaffPage } from '@banksia/kit'
import { listOfficersOptions, listTeamsOptions, readCatalogueOptions } from '../api'
import { TeamForm } from '../components/team-form'

/** Who prepares which certificates. */
export default function TeamsPage() {
  const teams = useQuery(listTeamsOptions())
  const catalogue = useQuery(readCatalogueOptions())
  const officers = useQuery(listOfficersOptions())
  const [adding, setAdding] = useState(false)
  const products = (catalogue.data?.products ?? []).filter(({ kind }) => kind === 'sale')
  const people = officers.data?.officers ?? []
  return (
    <StaffPage title="Teams" where={<TextLink href="/settings">Settings</TextLink>}>
      <div css={{ display: 'grid', gap: '1.25rem', maxWidth: '46rem' }}>
        <p>
          An officer’s queue begins with the certificates of their teams and with those of no team, and “Start
          the next one” takes from these. Nothing is hidden: every officer can look at another team’s queue.
          Without any team the queue is everybody’s.
        </p>
        <Loaded query={teams} failed="The teams could not be loaded">
          {(read) =>
            read.teams.map((team) => (
              <Panel key={team.id} title={team.name}>
                <TeamForm team={team} teams={read.teams} products={products} officers={people} />
              </Panel>
            ))
          }
        </Loaded>
        {adding ? (
          <Panel title="New team">
            <TeamForm
              teams={teams.data?.teams ?? []}
              products={products}
              officers={people}
              onDone={() => {
                setAdding(false)
              }}
            />
          </Panel>
        ) : (
          <div>
            <Button
              variant="secondary"
              onClick={() => {
                setAdding(true)
              }}
            >
              Add a team
            </Button>
          </div>
        )}
      </div>
    </StaffPage>
  )
}
