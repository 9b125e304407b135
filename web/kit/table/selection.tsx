import { useCallback, useEffect, useRef } from 'react'
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

interface SelectRowProps {
  name: string
  ticked: boolean
  onTick: () => void
}

export function SelectRow({ name, ticked, onTick }: SelectRowProps) {
  return (
    <TableCell verticalAlign="middle">
      <Checkbox size="sm" checked={ticked} onChange={onTick}>
        <span css={visuallyHidden}>Select {name}</span>
      </Checkbox>
    </TableCell>
  )
}

/** The same set with a key in it that was not, or without one that was. */
export function toggled(selected: ReadonlySet<string>, key: string): Set<string> {
  const next = new Set(selected)
  if (!next.delete(key)) next.add(key)
  return next
}

/** Tick or untick a row by its key; always the same function, so that rows that did not change are not drawn anew. */
export function useTick<RowData>(selection: Selection<RowData> | undefined): (rowId: string) => void {
  const latest = useRef(selection)
  useEffect(() => {
    latest.current = selection
  })
  return useCallback((rowId) => {
    latest.current?.onChange(toggled(latest.current.selected, rowId))
  }, [])
}
