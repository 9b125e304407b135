import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { ButtonLink } from '@ag.ds-next/react/button'
import { TextLink } from '@ag.ds-next/react/text-link'
import {
  byCursor,
  DataTable,
  formatDayAndTime,
  PagedList,
  RowCard,
  StaffPage,
  Status,
  whenColumn,
} from '@banksia/kit'
import { importPage, importsPage, newImportPage } from '../admin-routes'
import { listImportsInfiniteOptions, readSourceOptions, type ImportRunRead } from '../api'
import { ImportViews } from '../components/import-views'
import {
  formatWords,
  isRunning,
  kindInWords,
  rowsInWords,
  stateWords,
  sumsInWords,
  totalsOf,
} from '../components/import-words'

const LOOK_AGAIN_MS = 2_000
const hrefOf = ({ id }: ImportRunRead) => importPage.href({ params: { runId: id } })
const sourceOf = ({ source, format }: ImportRunRead) => source?.name ?? formatWords[format]

/** Every file that was sent, who sent it, and what became of it. */
export default function ImportsPage() {
  const { source } = importsPage.useSearch()
  const imports = useInfiniteQuery({
    ...listImportsInfiniteOptions({ query: { source_id: source, limit: 50 } }),
    ...byCursor,
    refetchInterval: ({ state: { data } }) =>
      data?.pages.some(({ results }) => results.some(isRunning)) ? LOOK_AGAIN_MS : false,
  })
  return (
    <StaffPage
      title="Property data"
      where={<TextLink href="/settings">Settings</TextLink>}
      facts="Files become the truth in three steps: send, check, apply. Each can be reverted."
      actions={
        <ButtonLink size="sm" href={newImportPage.href({ search: { source } })}>
          Import a file
        </ButtonLink>
      }
      views={<ImportViews open="imports" />}
    >
      {source ? <OnlyOf sourceId={source} /> : null}
      <PagedList
        query={imports}
        failed="The imports could not be loaded"
        empty="No file has been imported yet. Begin with the lots, or with the export of your rates system."
        emptyAction={<TextLink href={newImportPage.href({ search: { source } })}>Import a file</TextLink>}
        shown={['import', 'imports']}
      >
        {(rows) => <ImportTable rows={rows} />}
      </PagedList>
    </StaffPage>
  )
}

function OnlyOf({ sourceId }: { sourceId: string }) {
  const source = useQuery(readSourceOptions({ path: { source_id: sourceId } }))
  return (
    <p>
      Only files of <strong>{source.data?.name ?? 'one source'}</strong>.{' '}
      <TextLink href={importsPage.href()}>Show all imports</TextLink>
    </p>
  )
}

/** What it would do or did, in a few words. */
function doesWhat(run: ImportRunRead): string {
  if (run.failure) return run.failure
  if (run.progress?.total)
    return `${kindInWords(run.progress.step)}, ${String(Math.floor((100 * run.progress.done) / run.progress.total))}%`
  if (Object.keys(run.counts).length === 0) return ''
  const rejected = run.counts.rejected ? `, ${rowsInWords(run.counts.rejected)} not taken` : ''
  return `${sumsInWords(totalsOf(run.counts))}${rejected}`
}

function ImportTable({ rows }: { rows: readonly ImportRunRead[] }) {
  return (
    <DataTable
      caption="Imports"
      rows={rows}
      rowKey={({ id }) => id}
      rowHref={hrefOf}
      edge={(run) => (run.state === 'failed' ? 'late' : run.state === 'checked' ? 'today' : undefined)}
      columns={[
        whenColumn('Sent', (run: ImportRunRead) => run.started_at),
        {
          key: 'file',
          header: 'File and source',
          cell: (run) => (
            <>
              <TextLink href={hrefOf(run)}>{run.file_name}</TextLink>
              <span className="detail">{sourceOf(run)}</span>
            </>
          ),
        },
        {
          key: 'does',
          header: 'Records',
          cell: (run) => <span css={{ display: 'block', maxWidth: '28em' }}>{doesWhat(run)}</span>,
        },
        { key: 'who', header: 'Sent by', wideOnly: true, cell: (run) => run.requested_by_name },
        {
          key: 'state',
          header: 'State',
          width: '9rem',
          cell: (run) => <Status word={stateWords[run.state]} />,
        },
      ]}
      card={(run) => (
        <RowCard
          top={formatDayAndTime(run.started_at)}
          topEnd={run.requested_by_name}
          title={<TextLink href={hrefOf(run)}>{run.file_name}</TextLink>}
          detail={doesWhat(run)}
          start={sourceOf(run)}
          end={<Status word={stateWords[run.state]} />}
        />
      )}
    />
  )
}
