import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { ButtonLink } from '@ag.ds-next/react/button'
import { TextLink } from '@ag.ds-next/react/text-link'
import {
  byCursor,
  DropArea,
  formatDayAndTime,
  Loaded,
  PagedList,
  Panel,
  RowList,
  sha256Of,
  StaffPage,
  uploadFile,
  UploadRows,
  useNavigateTo,
  useUploads,
} from '@banksia/kit'
import { importPage, importsPage, newImportPage, newSourcePage } from '../admin-routes'
import {
  listSourcesInfiniteOptions,
  readSourceOptions,
  type ImportRunDetail,
  type ImportSourceRead,
} from '../api'
import { fileHints, formatWords } from '../components/import-words'

/** Send a file of a source: choose the source, then the file. */
export default function NewImportPage() {
  const { source } = newImportPage.useSearch()
  return (
    <StaffPage
      title="Import a file"
      where={<TextLink href={importsPage.href()}>Imports</TextLink>}
      facts="Nothing changes until you have seen what is in the file and apply it."
    >
      <div
        css={{ display: 'grid', gap: '1.25rem', gridTemplateColumns: 'minmax(0, 1fr)', maxWidth: '48rem' }}
      >
        {source ? <Sending sourceId={source} /> : <Choosing />}
      </div>
    </StaffPage>
  )
}

function Choosing() {
  const sources = useInfiniteQuery({
    ...listSourcesInfiniteOptions({ query: { limit: 50 } }),
    ...byCursor,
  })
  return (
    <>
      <PagedList
        query={sources}
        failed="The sources could not be loaded"
        empty="No source is set up yet. Add the system or publisher that the file comes from."
        shown={['source', 'sources']}
      >
        {(rows) => (
          <Panel title="Where does the file come from?" flush>
            <RowList
              inset
              stack
              rows={rows.map((source) => ({
                key: source.id,
                title: (
                  <TextLink href={newImportPage.href({ search: { source: source.id } })}>
                    {source.name}
                  </TextLink>
                ),
                detail: formatWords[source.format],
                end: source.last_applied_at
                  ? `Last applied ${formatDayAndTime(source.last_applied_at)}`
                  : null,
              }))}
            />
          </Panel>
        )}
      </PagedList>
      <div>
        <ButtonLink size="sm" variant="secondary" href={newSourcePage.href()}>
          Add a source
        </ButtonLink>
      </div>
    </>
  )
}

function Sending({ sourceId }: { sourceId: string }) {
  const source = useQuery(readSourceOptions({ path: { source_id: sourceId } }))
  return (
    <Loaded query={source} failed="The source could not be loaded">
      {(found) => <SendFile source={found} />}
    </Loaded>
  )
}

function SendFile({ source }: { source: ImportSourceRead }) {
  const navigate = useNavigateTo()
  const { uploads, add, remove, retry } = useUploads<ImportRunDetail>({
    send: async (file, { onProgress, signal }) => {
      const query = new URLSearchParams({ source_id: source.id, file_name: file.name })
      const headers = { 'X-Content-SHA256': await sha256Of(file) }
      return uploadFile(`/api/property/imports?${query.toString()}`, file, { onProgress, signal, headers })
    },
    onStored: (run) => navigate(importPage.href({ params: { runId: run.id } })),
  })
  return (
    <>
      <Panel
        title={`A file of ${source.name}`}
        hint={formatWords[source.format]}
        action={<TextLink href={newImportPage.href()}>Choose another source</TextLink>}
      >
        <DropArea onFiles={add} single>
          {fileHints[source.format]}
        </DropArea>
      </Panel>
      <UploadRows uploads={uploads} onRemove={remove} onRetry={retry} />
    </>
  )
}
