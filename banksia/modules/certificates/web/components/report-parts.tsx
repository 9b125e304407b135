import { TextLink } from '@ag.ds-next/react/text-link'
import { type Column, fileHref } from '@banksia/kit'
import type { CertificatesReport } from '../api'

type Table =
  'certificates' | 'turnaround' | 'straight_through' | 'reasons' | 'time' | 'revenue' | 'backlog' | 'ages'

export const number = (value: number) => value.toLocaleString('en-AU')

/** The table below as a file for a spreadsheet. */
export function DownloadTable({ report, table }: { report: CertificatesReport; table: Table }) {
  const { from_on, until_on } = report
  return (
    <TextLink
      href={fileHref('/api/certificates/reports/table.csv', { table, from: from_on, until: until_on })}
    >
      Download as CSV
    </TextLink>
  )
}

/** The name of a row; a total stands out. */
export function RowName({ title, total }: { title: string; total: boolean }) {
  return total ? <strong>{title}</strong> : <>{title}</>
}

/** A column of whole numbers. */
export function countColumn<Row>(key: string, header: string, value: (row: Row) => number): Column<Row> {
  return { key, header, align: 'right', cell: (row) => number(value(row)) }
}
