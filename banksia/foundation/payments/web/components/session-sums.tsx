import { DataTable, formatMoney, Money, RowCard } from '@banksia/kit'
import type { TillSessionRead } from '../api'
import { tillMethodWords } from './till-words'

type Row = TillSessionRead['sums'][number]
const difference = (row: Row) => (row.counted_cents ?? 0) - row.expected_cents

/** What should lie in the till by method, and what was counted once it is closed. */
export function SessionSums({ found }: { found: TillSessionRead }) {
  const closed = found.state === 'closed'
  const counted = [
    {
      key: 'counted',
      header: 'Counted',
      align: 'right' as const,
      cell: (row: Row) => <Money cents={row.counted_cents ?? 0} />,
    },
    {
      key: 'difference',
      header: 'Difference',
      align: 'right' as const,
      cell: (row: Row) => <Money cents={difference(row)} />,
    },
  ]
  return (
    <DataTable
      caption="By method"
      rows={found.sums}
      rowKey={(row) => row.method}
      columns={[
        {
          key: 'method',
          header: 'Method',
          cell: (row: Row) => (
            <>
              {tillMethodWords[row.method]}
              {row.method === 'cash' ? (
                <span className="detail">with the float of {formatMoney(found.float_cents)}</span>
              ) : null}
            </>
          ),
        },
        {
          key: 'expected',
          header: closed ? 'Expected' : 'Should be there',
          align: 'right',
          cell: (row) => <Money cents={row.expected_cents} />,
        },
        ...(closed ? counted : []),
      ]}
      card={(row) => (
        <RowCard
          title={tillMethodWords[row.method]}
          start={closed ? `Expected ${formatMoney(row.expected_cents)}` : 'Should be there'}
          end={
            closed
              ? `Counted ${formatMoney(row.counted_cents ?? 0)}, difference ${formatMoney(difference(row))}`
              : formatMoney(row.expected_cents)
          }
        />
      )}
    />
  )
}
