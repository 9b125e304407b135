import { useInfiniteQuery } from '@tanstack/react-query'
import {
  byCursor,
  DataTable,
  formatDay,
  formatDayAndTime,
  Money,
  amountColumn,
  PagedList,
  RowCard,
  Tag,
  whenColumn,
} from '@banksia/kit'
import {
  listReconciliationRunsInfiniteOptions,
  listUnmatchedEntriesInfiniteOptions,
  listUnmatchedTransactionsInfiniteOptions,
  type RunRead,
  type UnmatchedEntryRead,
} from '../api'
import { TransactionTable } from './transaction-table'
import { movementWords, spoken } from './words'
import { PayableLink } from './payable-link'

const query = { limit: 50 }
const runWords: Record<RunRead['state'], string> = {
  running: 'Running',
  finished: 'Finished',
  failed: 'Failed',
}

const countOf = (run: RunRead, name: string) => {
  const value = run.counts[name]
  return typeof value === 'number' ? value.toLocaleString('en-AU') : ''
}
const foundOf = (run: RunRead) => {
  const [theirs, ours] = [run.counts.not_in_ledger, run.counts.not_at_provider]
  return typeof theirs === 'number' && typeof ours === 'number' ? (theirs + ours).toLocaleString('en-AU') : ''
}

/** Comparisons, newest first. */
export function Runs() {
  const runs = useInfiniteQuery({ ...listReconciliationRunsInfiniteOptions({ query }), ...byCursor })
  return (
    <PagedList
      query={runs}
      failed="The comparisons could not be loaded"
      empty="The books have not been compared yet. They are every night."
      shown={['comparison', 'comparisons']}
    >
      {(rows) => (
        <DataTable
          caption="Comparisons"
          rows={rows}
          rowKey={(run) => run.id}
          columns={[
            whenColumn('Began', (run: RunRead) => run.started_at),
            {
              key: 'days',
              header: 'Books of',
              cell: (run) => `${formatDay(run.listed_from)} to ${formatDay(run.listed_until)}`,
            },
            { key: 'listed', header: 'Listed', align: 'right', cell: (run) => countOf(run, 'listed') },
            { key: 'matched', header: 'Paired', align: 'right', cell: (run) => countOf(run, 'matched') },
            { key: 'fees', header: 'Fees added', align: 'right', cell: (run) => countOf(run, 'fees') },
            { key: 'found', header: 'To review', align: 'right', cell: foundOf },
            {
              key: 'state',
              header: 'State',
              cell: (run) => (
                <>
                  <Tag>{runWords[run.state]}</Tag>
                  <span className="detail">{run.failure}</span>
                </>
              ),
            },
          ]}
          card={(run) => (
            <RowCard
              top={formatDayAndTime(run.started_at)}
              title={runWords[run.state]}
              detail={run.failure}
              start={`${countOf(run, 'listed') || 'None'} listed, ${countOf(run, 'matched') || 'none'} paired`}
              end={`${foundOf(run) || 'None'} to review`}
            />
          )}
        />
      )}
    </PagedList>
  )
}

/** What only the provider lists so far. */
export function UnmatchedLines() {
  const lines = useInfiniteQuery({ ...listUnmatchedTransactionsInfiniteOptions({ query }), ...byCursor })
  return (
    <PagedList
      query={lines}
      failed="The movements could not be loaded"
      empty="Everything that the provider lists is in the ledger."
      shown={['movement', 'movements']}
    >
      {(rows) => <TransactionTable caption="Only at the provider" rows={rows} />}
    </PagedList>
  )
}

/** What only the ledger has so far. */
export function UnmatchedEntries() {
  const entries = useInfiniteQuery({ ...listUnmatchedEntriesInfiniteOptions({ query }), ...byCursor })
  return (
    <PagedList
      query={entries}
      failed="The entries could not be loaded"
      empty="The provider lists everything that the ledger has."
      shown={['entry', 'entries']}
    >
      {(rows) => (
        <DataTable
          caption="Only in the ledger"
          rows={rows}
          rowKey={(entry) => entry.id}
          columns={[
            whenColumn('When', (entry: UnmatchedEntryRead) => entry.happened_at),
            { key: 'kind', header: 'Movement', width: '12rem', cell: wordOf },
            {
              key: 'reference',
              header: 'For',
              cell: (entry) => <PayableLink payableId={entry.payable_id} reference={entry.reference} />,
            },
            { key: 'provider', header: 'At the provider', cell: (entry) => entry.provider_id },
            amountColumn,
          ]}
          card={(entry) => (
            <RowCard
              top={formatDayAndTime(entry.happened_at)}
              topEnd={<Money cents={entry.amount_cents} />}
              title={<PayableLink payableId={entry.payable_id} reference={entry.reference} />}
              start={wordOf(entry)}
              end={entry.provider_id}
            />
          )}
        />
      )}
    </PagedList>
  )
}

const wordOf = (entry: UnmatchedEntryRead) => movementWords[entry.kind] ?? spoken(entry.kind)
