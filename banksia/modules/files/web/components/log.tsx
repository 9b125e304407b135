import { useInfiniteQuery } from '@tanstack/react-query'
import { TextLink } from '@ag.ds-next/react/text-link'
import {
  DataTable,
  EmptyState,
  ErrorPanel,
  formatDayAndTime,
  MoreButton,
  RowCard,
  SkeletonRows,
} from '@banksia/kit'
import { readFileLogInfiniteOptions, type ActivityRead } from '../api'
import { filePage } from '../routes'
import { actions } from './words'

/** Everything that was done in a file, newest first. */
export function Log({ propertyId }: { propertyId: string }) {
  const log = useInfiniteQuery({
    ...readFileLogInfiniteOptions({ path: { property_id: propertyId }, query: { limit: 50 } }),
    initialPageParam: '',
    getNextPageParam: (last) => last.next_cursor ?? undefined,
  })
  const rows = log.data?.pages.flatMap((page) => page.results) ?? []
  const hrefOf = (entry: ActivityRead) =>
    filePage.href({ params: { propertyId }, search: { document: entry.document_id } })
  if (log.isError)
    return (
      <ErrorPanel title="The log could not be loaded" error={log.error} onRetry={() => void log.refetch()} />
    )
  if (log.isPending) return <SkeletonRows />
  if (rows.length === 0) return <EmptyState>Nothing was done in this file yet.</EmptyState>
  return (
    <>
      <DataTable
        caption="Log of the file"
        rows={rows}
        rowKey={(entry) => entry.id}
        columns={[
          {
            key: 'when',
            header: 'When',
            width: '12rem',
            cell: (entry) => formatDayAndTime(entry.created_at),
          },
          { key: 'who', header: 'Who', width: '12rem', cell: (entry) => entry.actor_name },
          { key: 'what', header: 'What', width: '12rem', cell: (entry) => actions[entry.action] },
          {
            key: 'document',
            header: 'Document',
            cell: (entry) => <TextLink href={hrefOf(entry)}>{entry.document_title}</TextLink>,
          },
        ]}
        card={(entry) => (
          <RowCard
            top={formatDayAndTime(entry.created_at)}
            title={<TextLink href={hrefOf(entry)}>{entry.document_title}</TextLink>}
            start={actions[entry.action]}
            end={entry.actor_name}
          />
        )}
      />
      <MoreButton query={log} shown={`${String(rows.length)} entries shown`} />
    </>
  )
}
