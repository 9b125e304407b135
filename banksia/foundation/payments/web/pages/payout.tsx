import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { TextLink } from '@ag.ds-next/react/text-link'
import { byCursor, formatDay, formatMoney, Loaded, PagedList, StaffPage } from '@banksia/kit'
import { listPayoutTransactionsInfiniteOptions, readPayoutOptions } from '../api'
import { TransactionTable } from '../components/transaction-table'
import { spoken } from '../components/words'
import { payoutPage, reconciliationPage } from '../provider-routes'

/** One payout, and the movements that it is made of. */
export default function PayoutPage() {
  const { payoutId } = payoutPage.useParams()
  const path = { payout_id: payoutId }
  const payout = useQuery(readPayoutOptions({ path }))
  const lines = useInfiniteQuery({
    ...listPayoutTransactionsInfiniteOptions({ path, query: { limit: 50 } }),
    ...byCursor,
  })
  return (
    <StaffPage
      title={payout.data ? `Payout of ${formatMoney(payout.data.amount_cents)}` : 'Payout'}
      where={
        <TextLink href={reconciliationPage.href({ search: { show: 'payouts' } })}>
          Reconciliation / Payouts
        </TextLink>
      }
      facts={
        payout.data
          ? `${spoken(payout.data.status)}, at the bank on ${formatDay(payout.data.arrives_on)}, ${payout.data.payout_id}`
          : undefined
      }
    >
      <Loaded query={payout} failed="The payout could not be opened">
        {() => (
          <PagedList
            query={lines}
            failed="The movements could not be loaded"
            empty="The provider does not say what this payout is made of."
            shown={['movement', 'movements']}
          >
            {(rows) => <TransactionTable caption="What it is made of" rows={rows} />}
          </PagedList>
        )}
      </Loaded>
    </StaffPage>
  )
}
