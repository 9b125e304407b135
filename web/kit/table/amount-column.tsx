import { Money } from '../display/sums'
import type { Column } from './column'

/** The column of a list that says the amount of its rows. */
export const amountColumn: Column<{ amount_cents: number }> = {
  key: 'amount',
  header: 'Amount',
  align: 'right',
  cell: (row) => <Money cents={row.amount_cents} />,
}
