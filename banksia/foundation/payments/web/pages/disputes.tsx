import { useInfiniteQuery } from '@tanstack/react-query'
import { TextLink } from '@ag.ds-next/react/text-link'
import {
  byCursor,
  DataTable,
  formatDay,
  Money,
  amountColumn,
  PagedList,
  RowCard,
  StaffPage,
  Tag,
  Views,
} from '@banksia/kit'
import { listDisputesInfiniteOptions, type DisputeRead } from '../api'
import { disputeWords, spoken } from '../components/words'
import { disputePage, disputesPage } from '../provider-routes'

const hrefOf = (dispute: DisputeRead) => disputePage.href({ params: { disputeId: dispute.id } })
const states = ['needs_response', 'under_review', 'won', 'lost'] as const

/** Payments that a payer's bank wants back. */
export default function DisputesPage() {
  const { state } = disputesPage.useSearch()
  const disputes = useInfiniteQuery({
    ...listDisputesInfiniteOptions({ query: { state, limit: 50 } }),
    ...byCursor,
  })
  return (
    <StaffPage
      title="Disputes"
      facts="A payer’s bank wants money back. Answer with the evidence before the day is over; nothing of the payment can be refunded meanwhile."
      views={
        <Views
          label="Disputes"
          views={[
            { label: 'All', href: disputesPage.href() },
            ...states.map((each) => ({
              label: disputeWords[each],
              href: disputesPage.href({ search: { state: each } }),
            })),
          ]}
          active={state ? disputesPage.href({ search: { state } }) : disputesPage.href()}
        />
      }
    >
      <PagedList
        query={disputes}
        failed="The disputes could not be loaded"
        empty="No payment is disputed here."
        shown={['dispute', 'disputes']}
      >
        {(rows) => <DisputeTable rows={rows} />}
      </PagedList>
    </StaffPage>
  )
}

function DisputeTable({ rows }: { rows: readonly DisputeRead[] }) {
  return (
    <DataTable
      caption="Disputes"
      rows={rows}
      rowKey={(dispute) => dispute.id}
      columns={[
        {
          key: 'due',
          header: 'Answer by',
          width: '10rem',
          cell: (dispute) => <AnswerBy dispute={dispute} />,
        },
        {
          key: 'order',
          header: 'Order',
          cell: (dispute) => (
            <>
              <TextLink href={hrefOf(dispute)}>{dispute.reference}</TextLink>
              <span className="detail">{dispute.payer_name}</span>
            </>
          ),
        },
        {
          key: 'reason',
          header: 'The bank’s reason',
          cell: (dispute) => (
            <>
              {spoken(dispute.reason)}
              <span className="detail">{`opened ${formatDay(dispute.opened_at)}`}</span>
            </>
          ),
        },
        amountColumn,
        { key: 'state', header: 'State', cell: (dispute) => <Tag>{disputeWords[dispute.state]}</Tag> },
      ]}
      card={(dispute) => (
        <RowCard
          top={<AnswerBy dispute={dispute} />}
          topEnd={<Money cents={dispute.amount_cents} />}
          title={<TextLink href={hrefOf(dispute)}>{dispute.reference}</TextLink>}
          detail={spoken(dispute.reason)}
          start={dispute.payer_name}
          end={disputeWords[dispute.state]}
        />
      )}
    />
  )
}

function AnswerBy({ dispute }: { dispute: DisputeRead }) {
  if (dispute.state !== 'needs_response' || !dispute.evidence_due_at)
    return dispute.closed_at ? `Closed ${formatDay(dispute.closed_at)}` : 'Answered'
  return <strong>{formatDay(dispute.evidence_due_at)}</strong>
}
