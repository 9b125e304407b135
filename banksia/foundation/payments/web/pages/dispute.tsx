import { useQuery } from '@tanstack/react-query'
import { ButtonLink } from '@ag.ds-next/react/button'
import { TextLink } from '@ag.ds-next/react/text-link'
import {
  DecisionPanel,
  Facts,
  formatDayAndTime,
  formatMoney,
  Loaded,
  Panel,
  StaffPage,
  Tag,
} from '@banksia/kit'
import { readDisputeOptions, type DisputeDetail } from '../api'
import { History } from '../components/history'
import { disputeWords, spoken } from '../components/words'
import { disputePage, disputesPage } from '../provider-routes'
import { payablePage } from '../routes'

const where = <TextLink href={disputesPage.href()}>Disputes</TextLink>

/** One dispute: what the bank wants, by when, and all that we can show. */
export default function DisputePage() {
  const { disputeId } = disputePage.useParams()
  const dispute = useQuery(readDisputeOptions({ path: { dispute_id: disputeId } }))
  if (dispute.data) return <Dispute dispute={dispute.data} />
  return (
    <StaffPage title="Dispute" where={where}>
      <Loaded query={dispute} failed="The dispute could not be opened">
        {() => null}
      </Loaded>
    </StaffPage>
  )
}

function Dispute({ dispute }: { dispute: DisputeDetail }) {
  return (
    <StaffPage
      title={`Dispute of ${dispute.reference}`}
      where={where}
      badge={<Tag>{disputeWords[dispute.state]}</Tag>}
      facts={
        <>
          {dispute.payer_name}{' '}
          <TextLink href={payablePage.href({ params: { payableId: dispute.payable_id } })}>
            Open the payment
          </TextLink>{' '}
          {dispute.staff_path ? <TextLink href={dispute.staff_path}>Open what it is for</TextLink> : null}
        </>
      }
      aside={<Answer dispute={dispute} />}
    >
      <div css={{ display: 'grid', gap: '1.25rem' }}>
        <Panel title="What happened">
          <Facts
            of={[
              ['The bank wants', formatMoney(dispute.amount_cents)],
              ['Its reason', spoken(dispute.reason)],
              ['Opened', formatDayAndTime(dispute.opened_at)],
              dispute.withdrawn_cents > 0 && ['Taken back', formatMoney(dispute.withdrawn_cents)],
              dispute.reinstated_cents > 0 && ['Given back to us', formatMoney(dispute.reinstated_cents)],
              dispute.closed_at !== null && ['Closed', formatDayAndTime(dispute.closed_at)],
              ['At the provider', dispute.provider_dispute_id],
            ]}
          />
        </Panel>
        <Panel title="What we can show">
          <Facts of={Object.entries(dispute.facts).filter(([, value]) => value !== '')} />
        </Panel>
        <Panel title="Who did what, and when" hint="From the audit log">
          <History entries={dispute.entries} />
        </Panel>
      </div>
    </StaffPage>
  )
}

function Answer({ dispute }: { dispute: DisputeDetail }) {
  const open = dispute.state === 'needs_response' || dispute.state === 'under_review'
  return (
    <DecisionPanel title={open ? 'Answer the bank' : 'Decided'}>
      {open ? (
        <ul css={{ paddingLeft: '1.25rem', margin: '0.5rem 0 1rem' }}>
          {dispute.evidence_due_at ? (
            <li>{`The bank takes evidence until ${formatDayAndTime(dispute.evidence_due_at)}.`}</li>
          ) : null}
          <li>Send the file below at the payment provider, on the page of this dispute.</li>
          <li>Nothing of the payment can be refunded until the bank has decided.</li>
        </ul>
      ) : (
        <p css={{ margin: '0.5rem 0 1rem' }}>
          {dispute.state === 'won'
            ? 'The bank decided for the council: the money stays.'
            : 'The bank decided for the payer: the money is gone, and nothing of it can be refunded.'}
        </p>
      )}
      <ButtonLink href={`/api/payments/disputes/${dispute.id}/evidence`} download>
        Download the evidence
      </ButtonLink>
    </DecisionPanel>
  )
}
