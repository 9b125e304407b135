import { DataTable, Facts, Panel, RowCard, tabularFigures } from '@banksia/kit'
import type { ImportRunRead } from '../api'
import { type CountRow, countRows, inWords, number } from './import-words'

const rejectedHref = (run: ImportRunRead) => `/api/property/imports/${run.id}/rejected`

/** How many records are new, changed and ended, and how many rows were not taken. */
export function ImportCounts({ run, title }: { run: ImportRunRead; title: string }) {
  const rows = countRows(run.counts)
  const rejected = run.counts.rejected ?? 0
  const link = run.has_rejected ? <RejectedLink run={run} /> : null
  return (
    <Panel title={title} action={link} flush>
      <div css={{ padding: '1rem' }}>
        <Facts
          of={[
            ['Rows read', number(run.counts.rows ?? 0)],
            ['Rows not taken', rejected === 0 ? 'None' : number(rejected)],
          ]}
        />
      </div>
      {rows.length > 0 ? (
        <div css={{ ...tabularFigures, '& > ul': { padding: '0 1rem 1rem' } }}>
          <DataTable
            caption="Records"
            rows={rows}
            rowKey={({ kind }) => kind}
            columns={[
              { key: 'kind', header: 'Records', cell: ({ kind }) => inWords(kind) },
              ...(['new', 'changed', 'ended'] as const).map((of) => ({
                key: of,
                header: inWords(of),
                align: 'right' as const,
                width: '8rem',
                cell: (row: CountRow) => number(row[of]),
              })),
            ]}
            card={(row) => (
              <RowCard
                title={inWords(row.kind)}
                detail={`${number(row.new)} new, ${number(row.changed)} changed, ${number(row.ended)} ended`}
              />
            )}
          />
        </div>
      ) : null}
    </Panel>
  )
}

function RejectedLink({ run }: { run: ImportRunRead }) {
  return (
    <a href={rejectedHref(run)} download>
      Rejected rows as CSV
    </a>
  )
}
