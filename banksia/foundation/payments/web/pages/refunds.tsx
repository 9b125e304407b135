import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query'
import { TextLink } from '@ag.ds-next/react/text-link'
import {
  ActionButton,
  byCursor,
  DataTable,
  ErrorPanel,
  formatDayAndTime,
  formatMoney,
  Money,
  amountColumn,
  PagedList,
  RowCard,
  StaffPage,
  Tag,
  useMay,
  useUser,
  Views,
} from '@banksia/kit'
import { approveRefundMutation, listRefundsInfiniteOptions, type RefundRead } from '../api'
import { refundWords } from '../components/words'
import { payablePage, refundsPage } from '../routes'

const hrefOf = (refund: RefundRead) => payablePage.href({ params: { payableId: refund.payable_id } })

/** Money going back, and what waits for a second person. */
export default function RefundsPage() {
  const { state } = refundsPage.useSearch()
  const refunds = useInfiniteQuery({
    ...listRefundsInfiniteOptions({ query: { state, limit: 50 } }),
    ...byCursor,
  })
  const views = [
    { label: 'All', href: refundsPage.href() },
    {
      label: 'Waiting for a second person',
      href: refundsPage.href({ search: { state: 'awaiting_approval' } }),
    },
    { label: 'On their way', href: refundsPage.href({ search: { state: 'pending' } }) },
    { label: 'Failed', href: refundsPage.href({ search: { state: 'failed' } }) },
  ]
  return (
    <StaffPage
      title="Refunds"
      views={
        <Views
          label="Refunds"
          views={views}
          active={state ? refundsPage.href({ search: { state } }) : refundsPage.href()}
        />
      }
    >
      <PagedList
        query={refunds}
        failed="The refunds could not be loaded"
        empty="There are no refunds here. A payment is refunded from its own page."
        shown={['refund', 'refunds']}
      >
        {(rows) => <RefundTable rows={rows} />}
      </PagedList>
    </StaffPage>
  )
}

function RefundTable({ rows }: { rows: readonly RefundRead[] }) {
  return (
    <DataTable
      caption="Refunds"
      rows={rows}
      rowKey={(refund) => refund.id}
      columns={[
        {
          key: 'when',
          header: 'Asked for',
          width: '12rem',
          cell: (refund) => <TextLink href={hrefOf(refund)}>{formatDayAndTime(refund.created_at)}</TextLink>,
        },
        {
          key: 'who',
          header: 'By',
          width: '12rem',
          cell: (refund) => (
            <>
              {refund.requested_by_name}
              <span className="detail">
                {refund.decided_by_name ? `decided by ${refund.decided_by_name}` : ''}
              </span>
            </>
          ),
        },
        {
          key: 'reason',
          header: 'Reason',
          cell: (refund) => (
            <>
              {refund.reason}
              <span className="detail">{refund.failure}</span>
            </>
          ),
        },
        amountColumn,
        { key: 'state', header: 'State', cell: (refund) => <Tag>{refundWords[refund.state]}</Tag> },
        { key: 'act', header: 'Decision', cell: (refund) => <Approve refund={refund} /> },
      ]}
      card={(refund) => (
        <RowCard
          top={formatDayAndTime(refund.created_at)}
          topEnd={<Money cents={refund.amount_cents} />}
          title={<TextLink href={hrefOf(refund)}>{refund.reason}</TextLink>}
          start={refundWords[refund.state]}
          end={<Approve refund={refund} />}
        />
      )}
    />
  )
}

/** Above the council's threshold somebody else approves. */
function Approve({ refund }: { refund: RefundRead }) {
  const may = useMay('payments.refunds.approve')
  const user = useUser()
  const queryClient = useQueryClient()
  const approve = useMutation({
    ...approveRefundMutation(),
    onSuccess: () => queryClient.invalidateQueries(),
  })
  if (refund.state !== 'awaiting_approval' || !may) return null
  if (refund.requested_by_name === user?.name)
    return <span className="detail">Another person approves it</span>
  return (
    <>
      {approve.error ? <ErrorPanel error={approve.error} /> : null}
      <ActionButton
        size="sm"
        loading={approve.isPending}
        onClick={() => {
          approve.mutate({ path: { refund_id: refund.id } })
        }}
      >
        {`Approve ${formatMoney(refund.amount_cents)}`}
      </ActionButton>
    </>
  )
}
