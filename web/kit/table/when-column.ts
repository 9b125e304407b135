import { formatDayAndTime, type When } from '../format/dates'
import type { Column } from './column'

/** The column of a log that says the day and time. */
export function whenColumn<RowData>(header: string, when: (row: RowData) => When): Column<RowData> {
  return { key: 'when', header, width: '12rem', cell: (row) => formatDayAndTime(when(row)) }
}
