import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import {
  byCursor,
  DataTable,
  formatDayAndTime,
  Loaded,
  Money,
  amountColumn,
  PagedList,
  Panel,
  periodWords,
  RowCard,
  StaffPage,
  Sums,
  whenColumn,
} from '@banksia/kit'
import { listLedgerInfiniteOptions, readLedgerTotalsOptions, type LedgerEntryRead } from '../api'
import { LedgerFilters } from '../components/ledger-filters'
import { kindWords, methodWords } from '../components/ledger-words'
import { ledgerPage } from '../routes'
import { PayableLink } from '../components/payable-link'

/** Every movement of money, newest first; nothing here is ever changed. */
export default function LedgerPage() {
  const search = ledgerPage.useSearch()
  const ledger = useInfiniteQuery({
    ...listLedgerInfiniteOptions({ query: { ...search, limit: 50 } }),
    ...byCursor,
  })
  const filtered = Object.values(search).some(Boolean)
  return (
    <StaffPage
      title="Ledger"
      facts="Every movement of money. Entries are never changed; a mistake is corrected by another entry."
    >
      <LedgerFilters key={search.reference} />
      <Totals />
      <PagedList
        query={ledger}
        failed="The ledger could not be loaded"
        empty={
          filtered
            ? 'No entry matches. Enter the whole reference, such as an order’s number, or choose other days.'
            : 'No money has moved yet.'
        }
        shown={['entry', 'entries']}
      >
        {(rows) => <Entries rows={rows} />}
      </PagedList>
    </StaffPage>
  )
}

/** What the filter adds up to, once it has a period: without one a sum would read all there ever was. */
function Totals() {
  const { from, until, ...others } = ledgerPage.useSearch()
  const chosen = from && until ? { from, until } : undefined
  const totals = useQuery({
    ...readLedgerTotalsOptions({ query: { ...others, ...chosen } }),
    enabled: chosen !== undefined,
  })
  if (!chosen) return null
  return (
    <div css={{ maxWidth: '32rem' }}>
      <Panel title={periodWords(chosen)}>
        <Loaded query={totals} failed="The totals could not be made">
          {(read) => (
            <Sums
              sums={[
                { label: 'In', cents: read.in_cents },
                { label: 'Out', cents: -read.out_cents },
              ]}
              total={{ label: `${read.entries.toLocaleString('en-AU')} entries`, cents: read.net_cents }}
            />
          )}
        </Loaded>
      </Panel>
    </div>
  )
}

function Entries({ rows }: { rows: readonly LedgerEntryRead[] }) {
  return (
    <DataTable
      caption="Ledger"
      rows={rows}
      rowKey={(entry) => entry.id}
      columns={[
        whenColumn('When', (entry: LedgerEntryRead) => entry.happened_at),
        {
          key: 'kind',
          header: 'Entry',
          width: '12rem',
          cell: (entry) => (
            <>
              {kindWords(entry.kind)}
              <span className="detail">{methodWords(entry.method)}</span>
            </>
          ),
        },
        {
          key: 'reference',
          header: 'For',
          cell: (entry) => <PayableLink payableId={entry.payable_id} reference={entry.reference} />,
        },
        { key: 'who', header: 'Recorded by', wideOnly: true, cell: (entry) => entry.recorded_by },
        amountColumn,
      ]}
      card={(entry) => (
        <RowCard
          top={formatDayAndTime(entry.happened_at)}
          topEnd={<Money cents={entry.amount_cents} />}
          title={<PayableLink payableId={entry.payable_id} reference={entry.reference} />}
          start={kindWords(entry.kind)}
          end={methodWords(entry.method)}
        />
      )}
    />
  )
}
