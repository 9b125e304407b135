import { useInfiniteQuery } from '@tanstack/react-query'
import { TextLink } from '@ag.ds-next/react/text-link'
import { byCursor, DataTable, formatDay, Money, amountColumn, PagedList, RowCard, Tag } from '@banksia/kit'
import { listPayoutsInfiniteOptions, type PayoutRead } from '../api'
import { payoutPage } from '../provider-routes'
import { spoken } from './words'

/** What was sent to the council's bank. */
export function Payouts() {
  const payouts = useInfiniteQuery({ ...listPayoutsInfiniteOptions({ query: { limit: 50 } }), ...byCursor })
  return (
    <PagedList
      query={payouts}
      failed="The payouts could not be loaded"
      empty="The provider has sent nothing to the council’s bank yet."
      shown={['payout', 'payouts']}
    >
      {(rows) => (
        <DataTable
          caption="Payouts"
          rows={rows}
          rowKey={(payout) => payout.id}
          columns={[
            {
              key: 'when',
              header: 'At the bank',
              width: '12rem',
              cell: (payout) => <PayoutLink payout={payout} />,
            },
            { key: 'id', header: 'At the provider', cell: (payout) => payout.payout_id },
            { key: 'status', header: 'State', cell: (payout) => <Tag>{spoken(payout.status)}</Tag> },
            amountColumn,
          ]}
          card={(payout) => (
            <RowCard
              topEnd={<Money cents={payout.amount_cents} />}
              title={<PayoutLink payout={payout} />}
              start={payout.payout_id}
              end={spoken(payout.status)}
            />
          )}
        />
      )}
    </PagedList>
  )
}

function PayoutLink({ payout }: { payout: PayoutRead }) {
  return (
    <TextLink href={payoutPage.href({ params: { payoutId: payout.id } })}>
      {formatDay(payout.arrives_on)}
    </TextLink>
  )
}
