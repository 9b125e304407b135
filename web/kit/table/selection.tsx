import { Checkbox } from '@ag.ds-next/react/checkbox'
import { TableCell, TableHeader } from '@ag.ds-next/react/table'
import { visuallyHidden } from '../theme/tokens'

/** Which rows are ticked, and the words that name one: `Planning 10.7(2) for 7 Green Street, Portland`. */
export interface Selection<RowData> {
  selected: ReadonlySet<string>
  onChange: (selected: ReadonlySet<string>) => void
  nameOf: (row: RowData) => string
}

interface Parts<RowData> {
  rowKey: (row: RowData) => string
  selection: Selection<RowData>
}

export function SelectAll<RowData>({
  rows,
  rowKey,
  selection,
}: Parts<RowData> & { rows: readonly RowData[] }) {
  const all = rows.length > 0 && rows.every((row) => selection.selected.has(rowKey(row)))
  return (
    <TableHeader scope="col" width="2.5rem">
      <Checkbox
        size="sm"
        checked={all}
        onChange={() => selection.onChange(new Set(all ? [] : rows.map(rowKey)))}
      >
        <span css={visuallyHidden}>Select all rows</span>
      </Checkbox>
    </TableHeader>
  )
}

export function SelectRow<RowData>({ row, rowKey, selection }: Parts<RowData> & { row: RowData }) {
  const key = rowKey(row)
  const toggle = () => {
    const next = new Set(selection.selected)
    if (!next.delete(key)) next.add(key)
    selection.onChange(next)
  }
  return (
    <TableCell verticalAlign="middle">
      <Checkbox size="sm" checked={selection.selected.has(key)} onChange={toggle}>
        <span css={visuallyHidden}>Select {selection.nameOf(row)}</span>
      </Checkbox>
    </TableCell>
  )
}
