import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { ButtonLink } from '@ag.ds-next/react/button'
import { TextLink } from '@ag.ds-next/react/text-link'
import {
  ActionButton,
  ErrorPanel,
  Facts,
  formatDate,
  formatDayAndTime,
  Loaded,
  Notice,
  Panel,
  SaveForm,
  slimButtons,
  StaffPage,
  useSaveForm,
} from '@banksia/kit'
import { importsPage, newImportPage, sourcePage, sourcesPage } from '../admin-routes'
import { readSourceOptions, retireSourceMutation, updateSource, type ImportSourceRead } from '../api'
import { formatWords, inWords } from '../components/import-words'
import { sourceBody, SourceFields, sourceSchema, sourceTyped } from '../components/source-fields'

/** One source: how its files are read, and what came from it. */
export default function SourcePage() {
  const { sourceId } = sourcePage.useParams()
  const source = useQuery(readSourceOptions({ path: { source_id: sourceId } }))
  const canTake = source.data && !source.data.retired_at
  return (
    <StaffPage
      title={source.data?.name ?? 'Source'}
      where={<TextLink href={sourcesPage.href()}>Sources</TextLink>}
      facts={source.data ? formatWords[source.data.format] : null}
      actions={
        canTake ? (
          <ButtonLink size="sm" href={newImportPage.href({ search: { source: sourceId } })}>
            Import a file
          </ButtonLink>
        ) : null
      }
    >
      <div
        css={{ display: 'grid', gap: '1.25rem', gridTemplateColumns: 'minmax(0, 1fr)', maxWidth: '42rem' }}
      >
        <Loaded query={source} failed="The source could not be loaded">
          {(found) => (
            <>
              {found.retired_at ? (
                <Notice tone="info" title={`Retired ${formatDate(found.retired_at)}`}>
                  It takes no more files. What came from it stays.
                </Notice>
              ) : null}
              <Known source={found} />
              {found.retired_at ? null : <Reading source={found} />}
              {found.retired_at ? null : <Retiring source={found} />}
            </>
          )}
        </Loaded>
      </div>
    </StaffPage>
  )
}

function Known({ source }: { source: ImportSourceRead }) {
  const columns = Object.entries(source.mapping)
  return (
    <Panel
      title="What came from it"
      action={
        <TextLink href={importsPage.href({ search: { source: source.id } })}>Imports of this source</TextLink>
      }
    >
      <Facts
        of={[
          ['Last applied', source.last_applied_at ? formatDayAndTime(source.last_applied_at) : 'Never'],
          [
            'Columns',
            columns.length > 0
              ? columns.map(([field, column]) => `${inWords(field)}: ${column}`).join(', ')
              : 'Guessed from the headings of each file',
          ],
        ]}
      />
    </Panel>
  )
}

function Reading({ source }: { source: ImportSourceRead }) {
  const path = { source_id: source.id }
  const form = useSaveForm({
    schema: sourceSchema,
    defaultValues: sourceTyped(source),
    save: (typed) => updateSource({ path, body: sourceBody(typed), throwOnError: true }),
    refreshes: readSourceOptions({ path }).queryKey,
  })
  return (
    <Panel title="How its files are read" hint="Holds from the next file on.">
      <SaveForm form={form} label="Source" button="Save source">
        <SourceFields />
      </SaveForm>
    </Panel>
  )
}

function Retiring({ source: { id, name } }: { source: ImportSourceRead }) {
  const queryClient = useQueryClient()
  const retire = useMutation({
    ...retireSourceMutation(),
    onSuccess: () => queryClient.invalidateQueries(),
  })
  return (
    <Panel
      title="Take no more files"
      hint="What came from it stays. This cannot be undone; its name stays taken."
    >
      {retire.error ? <ErrorPanel title="The source was not retired" error={retire.error} /> : null}
      <div css={slimButtons}>
        <ActionButton
          size="sm"
          variant="secondary"
          loading={retire.isPending}
          onClick={() => retire.mutate({ path: { source_id: id } })}
        >
          {`Retire ${name}`}
        </ActionButton>
      </div>
    </Panel>
  )
}
