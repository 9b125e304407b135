import { type ReactNode, useId } from 'react'
import { Table, TableBody, TableHead, TableHeader, TableHeaderSortable } from '@ag.ds-next/react/table'
import { visuallyHidden } from '../theme/tokens'
import { useIsPhone } from '../theme/use-media'
import { BodyRow } from './body-row'
import { CardList } from './card-list'
import { type Column, shownFrom } from './column'
import { dense } from './dense'
import { SelectAll, type Selection, useTick } from './selection'
import { useRowHref } from './use-row-href'
import { useRowKeys } from './use-row-keys'

/** `due` ascending, `-due` descending: as it stands in the address. */
export type Sort = string

export interface DataTableProps<RowData> {
  /** What the table holds; read out, not shown. */
  caption: string
  columns: readonly Column<RowData>[]
  rows: readonly RowData[]
  rowKey: (row: RowData) => string
  /** What a row is below 768 pixels: what is due and urgent on top, the link, then number left and state right. */
  card: (row: RowData) => ReactNode
  /** The whole row opens this too; the cell's own link stays the way for keyboards and readers. */
  rowHref?: (row: RowData) => string
  /** A coloured left edge. */
  edge?: (row: RowData) => 'late' | 'today' | undefined
  sort?: Sort
  onSort?: (sort: Sort) => void
  selection?: Selection<RowData>
  /** The row whose details are shown beside the table. */
  isOpen?: (row: RowData) => boolean
  /** Up and down walk the rows too, in a workspace whose list is its middle. */
  arrows?: boolean
  /** J and K move, Enter opens; the keys of the row under the keyboard beside those. */
  rowKeys?: Record<string, { label: string; run: (row: RowData) => void }>
}

/** A dense table on a desk, cards on a phone; one of the two, never both in the page. */
export function DataTable<RowData>(props: DataTableProps<RowData>) {
  const { caption, columns, rows, rowKey, card, rowHref, edge, selection, isOpen } = props
  const phone = useIsPhone()
  const captionId = useId()
  const active = useRowKeys(props)
  const tick = useTick(selection)
  const hrefOf = useRowHref(rowHref)
  if (phone)
    return (
      <CardList label={caption} rows={rows} rowKey={rowKey} card={card} edge={edge} selection={selection} />
    )
  return (
    <div css={dense}>
      <Table aria-labelledby={captionId}>
        <caption id={captionId} css={visuallyHidden}>
          {caption}
        </caption>
        <TableHead>
          <tr>
            {selection ? <SelectAll rows={rows} rowKey={rowKey} selection={selection} /> : null}
            {columns.map((column) => (
              <HeaderCell key={column.key} column={column} sort={props.sort} onSort={props.onSort} />
            ))}
          </tr>
        </TableHead>
        <TableBody>
          {rows.map((row) => (
            <BodyRow
              key={rowKey(row)}
              row={row}
              rowId={rowKey(row)}
              columns={columns}
              active={rowKey(row) === active}
              open={isOpen?.(row) ?? false}
              edge={edge?.(row)}
              hrefOf={hrefOf}
              ticked={selection?.selected.has(rowKey(row))}
              tickName={selection?.nameOf(row)}
              onTick={tick}
            />
          ))}
        </TableBody>
      </Table>
    </div>
  )
}

interface HeaderCellProps<RowData> {
  column: Column<RowData>
  sort?: Sort
  onSort?: (sort: Sort) => void
}

function HeaderCell<RowData>({ column, sort, onSort }: HeaderCellProps<RowData>) {
  const { header, align, width } = column
  const name = column.sort
  const shared = { textAlign: align, width, display: shownFrom(column) }
  if (!name || !onSort) {
    return (
      <TableHeader scope="col" {...shared}>
        {header}
      </TableHeader>
    )
  }
  const direction = sort === name ? 'ASC' : sort === `-${name}` ? 'DESC' : undefined
  return (
    <TableHeaderSortable
      {...shared}
      sort={direction}
      onClick={() => onSort(direction === 'ASC' ? `-${name}` : name)}
    >
      {header}
    </TableHeaderSortable>
  )
}
