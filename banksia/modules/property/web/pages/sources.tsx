import { useInfiniteQuery } from '@tanstack/react-query'
import { ButtonLink } from '@ag.ds-next/react/button'
import { TextLink } from '@ag.ds-next/react/text-link'
import { byCursor, DataTable, formatDayAndTime, PagedList, RowCard, StaffPage } from '@banksia/kit'
import { newSourcePage, sourcePage, sourcesPage } from '../admin-routes'
import { listSourcesInfiniteOptions, type ImportSourceRead } from '../api'
import { ImportViews } from '../components/import-views'
import { formatWords } from '../components/import-words'

const hrefOf = ({ id }: ImportSourceRead) => sourcePage.href({ params: { sourceId: id } })
const holds = ({ is_complete }: ImportSourceRead) => (is_complete ? 'Everything it knows' : 'Part of it')
const comes = ({ watched_url }: ImportSourceRead) => (watched_url ? `From ${watched_url}` : 'Sent by hand')
const applied = ({ last_applied_at }: ImportSourceRead) =>
  last_applied_at ? formatDayAndTime(last_applied_at) : 'Never'

/** The systems and publishers whose files are imported. */
export default function SourcesPage() {
  const { retired } = sourcesPage.useSearch()
  const isRetired = retired === 'yes'
  const sources = useInfiniteQuery({
    ...listSourcesInfiniteOptions({ query: { retired: isRetired, limit: 50 } }),
    ...byCursor,
  })
  return (
    <StaffPage
      title="Property data"
      where={<TextLink href="/settings">Settings</TextLink>}
      facts="Where files come from and how they are read: set once, kept for every next file."
      actions={
        <ButtonLink size="sm" href={newSourcePage.href()}>
          Add a source
        </ButtonLink>
      }
      views={<ImportViews open="sources" />}
    >
      <PagedList
        query={sources}
        failed="The sources could not be loaded"
        empty={
          isRetired
            ? 'No source is retired.'
            : 'No source is set up yet. Add the system that knows your properties best, usually the rates system.'
        }
        emptyAction={isRetired ? null : <TextLink href={newSourcePage.href()}>Add a source</TextLink>}
        shown={['source', 'sources']}
      >
        {(rows) => <SourceTable rows={rows} />}
      </PagedList>
      <p css={{ fontSize: '0.875rem' }}>
        {isRetired ? (
          <TextLink href={sourcesPage.href()}>Show the sources in use</TextLink>
        ) : (
          <TextLink href={sourcesPage.href({ search: { retired: 'yes' } })}>Show retired sources</TextLink>
        )}
      </p>
    </StaffPage>
  )
}

function SourceTable({ rows }: { rows: readonly ImportSourceRead[] }) {
  return (
    <DataTable
      caption="Sources"
      rows={rows}
      rowKey={({ id }) => id}
      rowHref={hrefOf}
      columns={[
        {
          key: 'name',
          header: 'Source',
          cell: (source) => (
            <>
              <TextLink href={hrefOf(source)}>{source.name}</TextLink>
              <span className="detail">{formatWords[source.format]}</span>
            </>
          ),
        },
        { key: 'holds', header: 'Each file holds', cell: holds },
        {
          key: 'comes',
          header: 'Files come',
          wideOnly: true,
          cell: (source) => (
            <>
              {comes(source)}
              <span className="detail">{source.applies_unwatched ? 'Applied without review' : ''}</span>
            </>
          ),
        },
        { key: 'applied', header: 'Last applied', width: '12rem', cell: applied },
      ]}
      card={(source) => (
        <RowCard
          title={<TextLink href={hrefOf(source)}>{source.name}</TextLink>}
          detail={formatWords[source.format]}
          start={`Last applied: ${applied(source)}`}
          end={holds(source)}
        />
      )}
    />
  )
}
