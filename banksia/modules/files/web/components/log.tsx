import { useInfiniteQuery } from '@tanstack/react-query'
import { Select } from '@ag.ds-next/react/select'
import { TextInput } from '@ag.ds-next/react/text-input'
import { TextLink } from '@ag.ds-next/react/text-link'
import { byCursor, DataTable, FindForm, formatDayAndTime, PagedList, RowCard, whenColumn } from '@banksia/kit'
import { type ActivityRead, type FileRead, readFileLogInfiniteOptions } from '../api'
import { filePage } from '../routes'
import { actorOf, detailOf } from './log-detail'
import { flatten, groupsOf } from './folder-tree'
import { actions, logKinds, pathTitle } from './words'

/** Everything that was done in a file, newest first; what narrows it stands in the address. */
export function Log({ file }: { file: FileRead }) {
  const { kind, person, from, until, folder } = filePage.useSearch()
  const log = useInfiniteQuery({
    ...readFileLogInfiniteOptions({
      path: { property_id: file.property_id },
      query: { kind, person, from_on: from, until_on: until, folder_id: folder, limit: 50 },
    }),
    ...byCursor,
  })
  const narrowed = kind !== 'all' || Boolean(person ?? from ?? until ?? folder)
  return (
    <>
      <LogFilters file={file} />
      <PagedList
        query={log}
        failed="The log could not be loaded"
        empty={
          narrowed
            ? 'Nothing in the log fits these filters. Try other days, or another person.'
            : 'Nothing was done in this file yet.'
        }
        shown={['entry', 'entries']}
      >
        {(rows) => (
          <DataTable
            caption="Log of the file"
            rows={rows}
            rowKey={(entry) => entry.id}
            columns={[
              whenColumn('When', (entry: ActivityRead) => entry.created_at),
              { key: 'who', header: 'Who', width: '12rem', cell: actorOf },
              { key: 'what', header: 'What', width: '14rem', cell: (entry) => actions[entry.action] },
              {
                key: 'of',
                header: 'Of',
                cell: (entry) => (
                  <>
                    <Subject entry={entry} propertyId={file.property_id} />
                    <span className="detail">{detailOf(entry)}</span>
                  </>
                ),
              },
            ]}
            card={(entry) => (
              <RowCard
                top={formatDayAndTime(entry.created_at)}
                title={<Subject entry={entry} propertyId={file.property_id} />}
                detail={detailOf(entry)}
                start={actions[entry.action]}
                end={actorOf(entry)}
              />
            )}
          />
        )}
      </PagedList>
    </>
  )
}

/** What an entry is about, with the way to it. */
function Subject({ entry, propertyId }: { entry: ActivityRead; propertyId: string }) {
  const params = { propertyId }
  if (entry.document_id) {
    const search = { document: entry.document_id }
    return (
      <TextLink href={filePage.href({ params, search })}>{entry.document_title ?? 'A document'}</TextLink>
    )
  }
  if (entry.folder_id) {
    return (
      <TextLink href={filePage.href({ params, search: { folder: entry.folder_id } })}>
        {entry.folder_name ?? 'A folder'}
      </TextLink>
    )
  }
  return 'The file'
}

function LogFilters({ file }: { file: FileRead }) {
  const { kind, person, from, until, folder } = filePage.useSearch()
  const setSearch = filePage.useSetSearch()
  const { plain, applications } = groupsOf(file.folders)
  return (
    <FindForm
      label="Person"
      button="Find in the log"
      value={person}
      onFind={(text) => {
        setSearch({ person: text })
      }}
      applied={logKinds.find(({ value }) => value === kind)?.label ?? ''}
    >
      <Select
        label="What"
        hideOptionalLabel
        value={kind}
        options={[...logKinds]}
        onChange={(event) => {
          const chosen = logKinds.find(({ value }) => value === event.target.value)
          setSearch({ kind: chosen?.value ?? 'all' })
        }}
      />
      <Select
        label="Folder"
        hideOptionalLabel
        value={folder ?? ''}
        options={[
          { value: '', label: 'All folders' },
          ...flatten([...plain, ...applications]).map(({ node }) => ({
            value: node.folder.id,
            label: pathTitle(node.folder, file.folders),
          })),
        ]}
        onChange={(event) => {
          setSearch({ folder: event.target.value || undefined })
        }}
      />
      <Days
        from={from}
        until={until}
        onChange={(days) => {
          setSearch(days)
        }}
      />
    </FindForm>
  )
}

interface DaysProps {
  from: string | undefined
  until: string | undefined
  onChange: (days: { from?: string; until?: string }) => void
}

/** The first and the last day of what is shown. */
export function Days({ from, until, onChange }: DaysProps) {
  const day = (label: string, name: 'from' | 'until', value: string | undefined) => (
    <TextInput
      type="date"
      label={label}
      hideOptionalLabel
      value={value ?? ''}
      onChange={(event) => {
        onChange({ [name]: event.target.value || undefined })
      }}
    />
  )
  return (
    <>
      {day('From', 'from', from)}
      {day('Until', 'until', until)}
    </>
  )
}
