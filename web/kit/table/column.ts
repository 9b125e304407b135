import type { ReactNode } from 'react'

export interface Column<RowData> {
  key: string
  header: string
  cell: (row: RowData) => ReactNode
  /** The name this column is sorted by, when it can be. */
  sort?: string
  align?: 'left' | 'right'
  width?: string
  /** Left out between 768 and 1200 pixels. */
  wideOnly?: boolean
}

/** At which widths a column is there. */
export function shownFrom<RowData>({ wideOnly }: Column<RowData>) {
  return wideOnly ? ({ xs: 'none', xl: 'table-cell' } as const) : undefined
}
