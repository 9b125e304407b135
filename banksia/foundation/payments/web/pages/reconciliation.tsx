import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { ActionButton, ErrorPanel, formatDayAndTime, Notice, StaffPage, useMay, Views } from '@banksia/kit'
import { readReconciliationOptions, runReconciliationMutation, type Reconciliation } from '../api'
import { Payouts } from '../components/payout-list'
import { Runs, UnmatchedEntries, UnmatchedLines } from '../components/reconciliation-lists'
import { reconciliationPage } from '../provider-routes'

const lists = {
  runs: { label: 'Comparisons', list: Runs },
  provider: { label: 'Only at the provider', list: UnmatchedLines },
  ledger: { label: 'Only in the ledger', list: UnmatchedEntries },
  payouts: { label: 'Payouts', list: Payouts },
} as const
type Show = keyof typeof lists

/** Whether the ledger and the provider's books agree, line by line. */
export default function ReconciliationPage() {
  const { show } = reconciliationPage.useSearch()
  const now = useQuery({
    ...readReconciliationOptions(),
    // While a comparison runs, the page follows it by itself.
    refetchInterval: ({ state }) => (state.data?.latest?.state === 'running' ? 3000 : false),
  })
  const List = lists[show].list
  return (
    <StaffPage
      title="Reconciliation"
      facts="Every night the ledger is compared with the payment provider’s books. What does not fit for a day is put before you in Money to review."
      actions={now.data?.provider_set ? <RunNow running={now.data.latest?.state === 'running'} /> : undefined}
      views={
        <Views
          label="Reconciliation"
          views={(Object.keys(lists) as Show[]).map((each) => ({
            label: lists[each].label,
            href: reconciliationPage.href({ search: { show: each } }),
          }))}
          active={reconciliationPage.href({ search: { show } })}
        />
      }
    >
      <div css={{ display: 'grid', gap: '1rem' }}>
        {now.error ? <ErrorPanel title="How it stands could not be loaded" error={now.error} /> : null}
        {now.data ? <Standing now={now.data} /> : null}
        <List key={now.data?.latest?.finished_at ?? 'first'} />
      </div>
    </StaffPage>
  )
}

function Standing({ now }: { now: Reconciliation }) {
  const { latest } = now
  if (!now.provider_set)
    return (
      <Notice tone="info" title="This council takes no payments online">
        There are no provider’s books to compare with.
      </Notice>
    )
  if (latest?.state === 'running')
    return <Notice tone="info" role="status" title="The books are being compared." />
  if (latest?.state === 'failed')
    return (
      <Notice tone="error" role="status" title="The last comparison could not be finished">
        {`${latest.failure ?? ''} The next one begins where the last finished one ended.`}
      </Notice>
    )
  if (!latest?.finished_at) return null // the empty list says so
  const open = now.unmatched_transactions + now.unmatched_entries
  const told = `Compared ${formatDayAndTime(latest.finished_at)}.`
  if (open === 0) return <Notice tone="success" role="status" title={`Both books agree. ${told}`} />
  return (
    <Notice tone="warning" role="status" title={told}>
      {`${many(now.unmatched_transactions)} only at the provider, ${many(now.unmatched_entries)} only in the ledger. What is on its way agrees by itself within days.`}
    </Notice>
  )
}

/** The server counts to a thousand. */
function many(count: number): string {
  return count >= 1000 ? '1,000 or more are' : count === 1 ? '1 is' : `${String(count)} are`
}

function RunNow({ running }: { running: boolean }) {
  const may = useMay('payments.reconciliation.run')
  const queryClient = useQueryClient()
  const run = useMutation({
    ...runReconciliationMutation(),
    onSuccess: () => queryClient.invalidateQueries(),
  })
  if (!may) return null
  return (
    <>
      {run.error ? <ErrorPanel title="The comparison was not started" error={run.error} /> : null}
      <ActionButton
        size="sm"
        loading={run.isPending || running}
        onClick={() => {
          run.mutate({})
        }}
      >
        Compare now
      </ActionButton>
    </>
  )
}
