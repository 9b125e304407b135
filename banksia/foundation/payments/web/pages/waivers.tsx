import { useInfiniteQuery } from '@tanstack/react-query'
import { TextLink } from '@ag.ds-next/react/text-link'
import {
  byCursor,
  Facts,
  formatDayAndTime,
  formatMoney,
  PagedList,
  Panel,
  StaffPage,
  Tag,
  Views,
} from '@banksia/kit'
import { listWaiversInfiniteOptions, type WaiverRead } from '../api'
import { waiverWords } from '../components/till-words'
import { WaiverDecision } from '../components/waiver-decision'
import { payablePage } from '../routes'
import { waiversPage } from '../till-routes'

/** Fees that somebody asked not to ask for; another person decides. */
export default function WaiversPage() {
  const { state } = waiversPage.useSearch()
  const wanted = state === 'all' ? undefined : state
  const waivers = useInfiniteQuery({
    ...listWaiversInfiniteOptions({ query: { state: wanted, limit: 20 } }),
    ...byCursor,
  })
  const views = [
    { label: 'To decide', href: waiversPage.href({ search: { state: 'awaiting_approval' } }) },
    { label: 'All', href: waiversPage.href({ search: { state: 'all' } }) },
  ]
  return (
    <StaffPage
      title="Waivers"
      facts="A waived fee counts as paid. Whoever asked for it does not decide it."
      views={<Views label="Waivers" views={views} active={waiversPage.href({ search: { state } })} />}
    >
      <div css={{ display: 'grid', gap: '1rem', maxWidth: '60rem' }}>
        <PagedList
          query={waivers}
          failed="The waivers could not be loaded"
          empty={state === 'all' ? 'Nobody has asked for a waiver yet.' : 'No waiver waits for a decision.'}
          shown={['waiver', 'waivers']}
        >
          {(rows) => rows.map((waiver) => <WaiverPanel key={waiver.id} waiver={waiver} />)}
        </PagedList>
      </div>
    </StaffPage>
  )
}

function WaiverPanel({ waiver }: { waiver: WaiverRead }) {
  return (
    <Panel
      title={`${formatMoney(waiver.amount_cents)} for ${waiver.reference}`}
      hint={`${waiver.title}, ${waiver.payer_name}`}
      action={<Tag>{waiverWords[waiver.state]}</Tag>}
    >
      <Facts
        of={[
          ['Reason', waiver.reason],
          ['Asked for', `${waiver.requested_by_name}, ${formatDayAndTime(waiver.created_at)}`],
          waiver.decided_at
            ? ['Decided', `${waiver.decided_by_name ?? ''}, ${formatDayAndTime(waiver.decided_at)}`]
            : null,
          [
            'Money',
            <TextLink key="payable" href={payablePage.href({ params: { payableId: waiver.payable_id } })}>
              Open the payment
            </TextLink>,
          ],
        ]}
      />
      <WaiverDecision waiver={waiver} />
    </Panel>
  )
}
