import { useInfiniteQuery } from '@tanstack/react-query'
import { TextLink } from '@ag.ds-next/react/text-link'
import {
  byCursor,
  DataTable,
  formatDayAndTime,
  Money,
  PagedList,
  RowCard,
  StaffPage,
  whenColumn,
} from '@banksia/kit'
import { listLedgerInfiniteOptions, type LedgerEntryRead } from '../api'
import { payablePage } from '../routes'

/** Every movement of money, newest first; nothing here is ever changed. */
export default function LedgerPage() {
  const ledger = useInfiniteQuery({
    ...listLedgerInfiniteOptions({ query: { limit: 50 } }),
    ...byCursor,
  })
  return (
    <StaffPage
      title="Ledger"
      facts="Every movement of money. Entries are never changed; a mistake is corrected by another entry."
    >
      <PagedList
        query={ledger}
        failed="The ledger could not be loaded"
        empty="No money has moved yet."
        shown={['entry', 'entries']}
      >
        {(rows) => (
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
                    {words(entry.kind)}
                    <span className="detail">{entry.method}</span>
                  </>
                ),
              },
              { key: 'reference', header: 'For', cell: (entry) => <Reference entry={entry} /> },
              { key: 'who', header: 'Recorded by', wideOnly: true, cell: (entry) => entry.recorded_by },
              {
                key: 'amount',
                header: 'Amount',
                align: 'right',
                cell: (entry) => <Money cents={entry.amount_cents} />,
              },
            ]}
            card={(entry) => (
              <RowCard
                top={formatDayAndTime(entry.happened_at)}
                topEnd={<Money cents={entry.amount_cents} />}
                title={<Reference entry={entry} />}
                start={words(entry.kind)}
                end={entry.method}
              />
            )}
          />
        )}
      </PagedList>
    </StaffPage>
  )
}

function Reference({ entry }: { entry: LedgerEntryRead }) {
  if (!entry.payable_id) return entry.reference
  return (
    <TextLink href={payablePage.href({ params: { payableId: entry.payable_id } })}>
      {entry.reference}
    </TextLink>
  )
}

function words(kind: string): string {
  const spaced = kind.replaceAll('_', ' ')
  return spaced.charAt(0).toUpperCase() + spaced.slice(1)
}
