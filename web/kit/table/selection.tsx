import { useCallback, useEffect, useRef } from 'react'
import type { CSSObject } from '@emotion/react'
import { TableCell, TableHeader } from '@ag.ds-next/react/table'
import { colour, focusRing } from '../theme/tokens'

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

type AllParts<RowData> = Parts<RowData> & { rows: readonly RowData[] }

export function SelectAll<RowData>(props: AllParts<RowData>) {
  return (
    <TableHeader scope="col" width="2.5rem">
      <TickAll {...props} />
    </TableHeader>
  )
}

/** Ticks every row that is shown, or none. */
export function TickAll<RowData>({ rows, rowKey, selection }: AllParts<RowData>) {
  const all = rows.length > 0 && rows.every((row) => selection.selected.has(rowKey(row)))
  return (
    <Tick
      name="all rows"
      ticked={all}
      onTick={() => {
        selection.onChange(new Set(all ? [] : rows.map(rowKey)))
      }}
    />
  )
}

interface TickProps {
  /** What it selects. */
  name: string
  ticked: boolean
  onTick: () => void
}

export function SelectRow(props: TickProps) {
  return (
    <TableCell verticalAlign="middle">
      <Tick {...props} />
    </TableCell>
  )
}

/**
 * The browser's own box. AgDS draws its box of parts that lie on each other: six in every row, which the browser
 * goes through for each move of the pointer and each frame, and a thousand rows did not scroll smoothly.
 */
export function Tick({ name, ticked, onTick }: TickProps) {
  return <input type="checkbox" aria-label={`Select ${name}`} checked={ticked} onChange={onTick} css={box} />
}

const box: CSSObject = {
  display: 'block',
  flexShrink: 0,
  width: '1.25rem',
  height: '1.25rem',
  margin: '0.125rem',
  accentColor: colour.selected,
  cursor: 'pointer',
  ...focusRing,
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
