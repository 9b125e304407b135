import { DataTable, formatDayAndTime, Money, amountColumn, RowCard, whenColumn } from '@banksia/kit'
import type { TransactionRead } from '../api'
import { movementWords, spoken } from './words'

const wordOf = (row: TransactionRead) => movementWords[row.kind] ?? spoken(row.kind)

/** Lines of the provider's books. */
export function TransactionTable({ caption, rows }: { caption: string; rows: readonly TransactionRead[] }) {
  return (
    <DataTable
      caption={caption}
      rows={rows}
      rowKey={(row) => row.id}
      columns={[
        whenColumn('When', (row: TransactionRead) => row.happened_at),
        { key: 'kind', header: 'Movement', width: '12rem', cell: wordOf },
        { key: 'source', header: 'At the provider', cell: (row) => row.source },
        {
          key: 'ledger',
          header: 'Ledger',
          wideOnly: true,
          cell: (row) => (row.ledger_entry_id ? 'Has it' : 'Does not have it'),
        },
        { key: 'fee', header: 'Fee', align: 'right', cell: (row) => <Money cents={row.fee_cents} /> },
        amountColumn,
      ]}
      card={(row) => (
        <RowCard
          top={formatDayAndTime(row.happened_at)}
          topEnd={<Money cents={row.amount_cents} />}
          title={wordOf(row)}
          detail={row.source}
          start={row.ledger_entry_id ? 'In the ledger' : 'Not in the ledger'}
          end={
            row.fee_cents ? (
              <>
                Fee <Money cents={row.fee_cents} />
              </>
            ) : null
          }
        />
      )}
    />
  )
}
