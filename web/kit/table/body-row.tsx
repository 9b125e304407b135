import { memo } from 'react'
import { TableCell } from '@ag.ds-next/react/table'
import { type Column, shownFrom } from './column'
import { Row } from './row'
import { SelectRow } from './selection'

interface BodyRowProps<RowData> {
  row: RowData
  rowId: string
  columns: readonly Column<RowData>[]
  active: boolean
  open: boolean
  edge: 'late' | 'today' | undefined
  /** Where the whole row leads; undefined where it leads nowhere. */
  hrefOf: ((row: RowData) => string) | undefined
  /** Whether it is ticked; undefined where rows cannot be. */
  ticked: boolean | undefined
  tickName: string | undefined
  onTick: (rowId: string) => void
}

function OneRow<RowData>({
  row,
  rowId,
  columns,
  active,
  open,
  edge,
  hrefOf,
  ...tick
}: BodyRowProps<RowData>) {
  return (
    <Row active={active} open={open} edge={edge} hrefOf={hrefOf && (() => hrefOf(row))}>
      {tick.ticked === undefined ? null : (
        <SelectRow
          name={tick.tickName ?? ''}
          ticked={tick.ticked}
          onTick={() => {
            tick.onTick(rowId)
          }}
        />
      )}
      {columns.map((column) => (
        <TableCell
          key={column.key}
          textAlign={column.align}
          display={shownFrom(column)}
          verticalAlign="middle"
        >
          {column.cell(row)}
        </TableCell>
      ))}
    </Row>
  )
}

/**
 * One row of a table. It is drawn anew only when something of it changed: in a list of a thousand a step with the
 * keyboard draws two rows. Columns that a page keeps (useMemo) hold when a row is ticked, too.
 */
export const BodyRow = memo(OneRow) as typeof OneRow
