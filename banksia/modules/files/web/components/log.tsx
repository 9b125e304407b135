import { useInfiniteQuery } from '@tanstack/react-query'
import { TextLink } from '@ag.ds-next/react/text-link'
import { byCursor, DataTable, formatDayAndTime, PagedList, RowCard, whenColumn } from '@banksia/kit'
import { readFileLogInfiniteOptions, type ActivityRead } from '../api'
import { filePage } from '../routes'
import { actions } from './words'

/** Everything that was done in a file, newest first. */
export function Log({ propertyId }: { propertyId: string }) {
  const log = useInfiniteQuery({
    ...readFileLogInfiniteOptions({ path: { property_id: propertyId }, query: { limit: 50 } }),
    ...byCursor,
  })
  const hrefOf = (entry: ActivityRead) =>
    filePage.href({ params: { propertyId }, search: { document: entry.document_id } })
  return (
    <PagedList
      query={log}
      failed="The log could not be loaded"
      empty="Nothing was done in this file yet."
      shown={['entry', 'entries']}
    >
      {(rows) => (
        <DataTable
          caption="Log of the file"
          rows={rows}
          rowKey={(entry) => entry.id}
          columns={[
            whenColumn('When', (entry: ActivityRead) => entry.created_at),
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
      )}
    </PagedList>
  )
}
