import { useCallback, useEffect, useRef } from 'react'

/**
 * Where a row leads, by a function that stays the same: an address is made when a row is pressed, and not for a thousand
 * rows at each step of the keyboard.
 */
export function useRowHref<RowData>(
  rowHref: ((row: RowData) => string) | undefined,
): ((row: RowData) => string) | undefined {
  const latest = useRef(rowHref)
  useEffect(() => {
    latest.current = rowHref
  })
  const hrefOf = useCallback((row: RowData) => latest.current?.(row) ?? '', [])
  return rowHref && hrefOf
}
