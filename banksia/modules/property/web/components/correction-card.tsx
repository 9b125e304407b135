import { useState } from 'react'
import { Button } from '@ag.ds-next/react/button'
import { TextLink } from '@ag.ds-next/react/text-link'
import { colour, Facts, formatAddress, formatDayAndTime, Panel, slimButtons, Tag } from '@banksia/kit'
import type { CorrectionRead } from '../api'
import { propertyPage } from '../routes'
import { type Decision, DecisionDialog } from './decision-dialog'
import { CORRECTION_FIELDS, correctionValue } from './words'

const OPEN = ['It says', 'It should say'] as const
const SAYS = {
  proposed: OPEN,
  approved: ['It said', 'It says now'],
  rejected: OPEN,
  withdrawn: OPEN,
} as const

/** One correction: what it says, what it should say and why, with what this person may do about it. */
export function CorrectionCard({ correction }: { correction: CorrectionRead }) {
  const { property_id, address, record, record_kind, field, before, after, reason, state } = correction
  const what =
    record_kind === 'address' && field === 'text'
      ? 'Address'
      : `${CORRECTION_FIELDS[field]} of ${formatAddress(record)}`
  return (
    <Panel
      title={
        <TextLink href={propertyPage.href({ params: { propertyId: property_id } })}>
          {address ? formatAddress(address) : record}
        </TextLink>
      }
      hint={what}
      action={state === 'approved' ? <Binding correction={correction} /> : null}
    >
      <Facts
        labels="8rem"
        of={[
          [SAYS[state][0], <del key="before">{correctionValue(field, before)}</del>],
          [SAYS[state][1], <strong key="after">{correctionValue(field, after)}</strong>],
          ['Because', reason],
          ['Proposed', `${correction.proposed_by_name}, ${formatDayAndTime(correction.proposed_at)}`],
          correction.decided_at !== null && [
            DECIDED[state],
            `${correction.decided_by_name ?? ''}, ${formatDayAndTime(correction.decided_at)}`,
          ],
          correction.decision ? ['Reason', correction.decision] : null,
        ]}
      />
      {state === 'proposed' ? <Decide correction={correction} /> : null}
    </Panel>
  )
}

const DECIDED = {
  proposed: 'Decided',
  approved: 'Approved',
  rejected: 'Rejected',
  withdrawn: 'Withdrawn',
} as const

function Binding({ correction }: { correction: CorrectionRead }) {
  return correction.is_binding ? (
    <Tag tone="changed">Imports keep to it</Tag>
  ) : (
    <Tag>An import took its place</Tag>
  )
}

function Decide({ correction }: { correction: CorrectionRead }) {
  const [decision, setDecision] = useState<Decision>()
  const { may_decide, may_withdraw } = correction
  const button = (label: string, to: Decision, variant: 'primary' | 'secondary' | 'tertiary') => (
    <Button
      size="sm"
      variant={variant}
      onClick={() => {
        setDecision(to)
      }}
    >
      {label}
    </Button>
  )
  return (
    <div
      css={{
        display: 'flex',
        flexWrap: 'wrap',
        alignItems: 'center',
        gap: '0.75rem',
        paddingTop: '1rem',
        ...slimButtons,
      }}
    >
      {may_decide ? button('Approve', 'approve', 'primary') : null}
      {may_decide ? button('Reject', 'reject', 'secondary') : null}
      {may_withdraw ? button('Withdraw', 'withdraw', 'secondary') : null}
      {may_decide ? null : (
        <span css={{ fontSize: '0.875rem', color: colour.foregroundMuted }}>
          {may_withdraw
            ? 'You proposed this, so another officer decides.'
            : 'An administrator or a records officer decides.'}
        </span>
      )}
      {decision ? (
        <DecisionDialog
          decision={decision}
          correction={correction}
          onClose={() => {
            setDecision(undefined)
          }}
        />
      ) : null}
    </div>
  )
}
