import { type PropsWithChildren, useState } from 'react'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Button } from '@ag.ds-next/react/button'
import { Select } from '@ag.ds-next/react/select'
import {
  ActionButton,
  colour,
  compactFields,
  ErrorPanel,
  formatAddress,
  Notice,
  RADIUS,
  useUser,
} from '@banksia/kit'
import { assignLinesMutation, listOfficersOptions, type LinesAssigned, type QueueLineRead } from '../api'

const NOBODY = 'nobody'

/**
 * Gives the ticked lines to an officer, or back to the queue; says of each that could not be given why. What else can be
 * done with them stands in its children.
 */
export function AssignSelected({
  lines,
  onDone,
  children,
}: PropsWithChildren<{ lines: readonly QueueLineRead[]; onDone: () => void }>) {
  const user = useUser()
  const queryClient = useQueryClient()
  const [officer, setOfficer] = useState<string>()
  const officers = useQuery({ ...listOfficersOptions(), enabled: lines.length > 0 })
  const assign = useMutation({
    ...assignLinesMutation(),
    onSuccess: async () => {
      onDone()
      await queryClient.invalidateQueries()
    },
  })
  const chosen = officer ?? user?.id ?? NOBODY
  return (
    <>
      {assign.error ? <ErrorPanel title="Nothing was assigned" error={assign.error} /> : null}
      {assign.data ? <Outcome of={assign.data} /> : null}
      {lines.length > 0 ? (
        <section
          aria-label="Selected certificates"
          css={{
            ...compactFields,
            display: 'flex',
            flexWrap: 'wrap',
            alignItems: 'flex-end',
            gap: '0.75rem',
            padding: '0.5rem 0.75rem',
            border: `1px solid ${colour.borderMuted}`,
            borderRadius: RADIUS.panel,
            background: colour.backgroundShade,
          }}
        >
          <strong css={{ alignSelf: 'center' }} role="status">
            {`${String(lines.length)} selected`}
          </strong>
          <Select
            label="Give to"
            hideOptionalLabel
            value={chosen}
            options={[
              ...(officers.data?.officers ?? []).map(({ id, name }) => ({
                value: id,
                label: id === user?.id ? `${name} (you)` : name,
              })),
              { value: NOBODY, label: 'Nobody: back to the queue' },
            ]}
            onChange={(event) => {
              setOfficer(event.target.value)
            }}
          />
          <ActionButton
            size="sm"
            loading={assign.isPending}
            onClick={() => {
              assign.mutate({
                body: {
                  lines: lines.map(({ id, assigned_to_id }) => ({
                    line_id: id,
                    seen_officer_id: assigned_to_id,
                  })),
                  officer_id: chosen === NOBODY ? null : chosen,
                },
              })
            }}
          >
            Assign
          </ActionButton>
          {children}
          <Button size="sm" variant="tertiary" onClick={onDone}>
            Clear the selection
          </Button>
        </section>
      ) : null}
    </>
  )
}

function Outcome({ of: { assigned, refused } }: { of: LinesAssigned }) {
  const count = `${String(assigned.length)} ${assigned.length === 1 ? 'certificate' : 'certificates'} assigned`
  if (refused.length === 0) return <Notice tone="success" role="status" title={count} />
  return (
    <Notice tone="warning" role="status" title={`${count}, ${String(refused.length)} left as they were`}>
      <ul>
        {refused.map(({ line_id, address, reason }) => (
          <li key={line_id}>{[formatAddress(address), reason].filter(Boolean).join(': ')}</li>
        ))}
      </ul>
    </Notice>
  )
}
