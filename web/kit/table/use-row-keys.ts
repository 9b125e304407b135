import { useState } from 'react'
import { useShortcuts } from '../keyboard/shortcuts'
import { useNavigateTo } from '../theme/navigate'

interface RowKeysOptions<RowData> {
  rows: readonly RowData[]
  rowKey: (row: RowData) => string
  rowHref?: (row: RowData) => string
  rowKeys?: Record<string, { label: string; run: (row: RowData) => void }>
}

/** J and K walk the rows, Enter opens one, and the page's own keys act on it. Answers the key of the row they are on. */
export function useRowKeys<RowData>({
  rows,
  rowKey,
  rowHref,
  rowKeys,
}: RowKeysOptions<RowData>): string | undefined {
  const [active, setActive] = useState<string>()
  const navigate = useNavigateTo()
  const index = rows.findIndex((row) => rowKey(row) === active)
  const current = rows[index]
  const move = (to: number) => {
    const row = rows[Math.min(Math.max(to, 0), rows.length - 1)]
    if (row) setActive(rowKey(row))
  }
  const extra = Object.entries(rowKeys ?? {}).map(([key, { label, run }]) => ({
    key,
    label,
    run: () => {
      if (current) run(current)
    },
  }))
  const walk = [
    { key: 'j', label: 'Next row', run: () => move(index + 1) },
    { key: 'k', label: 'Previous row', run: () => move(index - 1) },
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
