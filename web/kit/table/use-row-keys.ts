import { useEffect, useRef, useState } from 'react'
import { useShortcuts } from '../keyboard/shortcuts'
import { useNavigateTo } from '../theme/navigate'

interface RowKeysOptions<RowData> {
  rows: readonly RowData[]
  rowKey: (row: RowData) => string
  rowHref?: (row: RowData) => string
  arrows?: boolean
  rowKeys?: Record<string, { label: string; run: (row: RowData) => void }>
}

/** Where this tab keeps the row of a list that the keyboard was on when it was left, to come back to. */
const keptAs = () => `banksia.row ${location.pathname}${location.search}`

/** J and K walk the rows, Enter opens one, and the page's own keys act on it. Answers the key of the row they are on. */
export function useRowKeys<RowData>({
  rows,
  rowKey,
  rowHref,
  arrows = false,
  rowKeys,
}: RowKeysOptions<RowData>): string | undefined {
  const [kept] = useState(keptAs)
  const [active, setActive] = useState(() => sessionStorage.getItem(kept) ?? undefined)
  const navigate = useNavigateTo()
  const index = rows.findIndex((row) => rowKey(row) === active)
  const current = rows[index]
  // A row that was dealt with is gone from the list: the next key goes on where it stood.
  const place = useRef(0)
  useEffect(() => {
    if (index >= 0) place.current = index
  }, [index])
  const move = (to: number) => {
    const row = rows[Math.min(Math.max(to, 0), rows.length - 1)]
    if (!row) return
    setActive(rowKey(row))
    sessionStorage.setItem(kept, rowKey(row))
  }
  const extra = Object.entries(rowKeys ?? {}).map(([key, { label, run }]) => ({
    key,
    label,
    run: () => {
      if (current) run(current)
    },
  }))
  const next = () => move(index < 0 ? place.current : index + 1)
  const previous = () => move((index < 0 ? place.current : index) - 1)
  const byArrows = [
    { key: 'ArrowDown', label: 'Row below', run: next },
    { key: 'ArrowUp', label: 'Row above', run: previous },
  ]
  const walk = [
    { key: 'j', label: 'Next row', run: next },
    { key: 'k', label: 'Previous row', run: previous },
    ...(arrows ? byArrows : []),
    {
      key: 'Enter',
      label: 'Open the row',
      run: () => {
        if (current && rowHref) navigate(rowHref(current))
      },
      // Enter on a focused link or button is theirs.
      unlessOnControl: true,
    },
  ]
  useShortcuts(rowHref ? [...walk, ...extra] : extra)
  return current ? active : undefined
}
