import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query'
import { TextLink } from '@ag.ds-next/react/text-link'
import {
  ActionButton,
  byCursor,
  ErrorPanel,
  Facts,
  formatAddress,
  formatDayAndTime,
  PagedList,
  Panel,
  slimButtons,
  useMay,
  Views,
} from '@banksia/kit'
import { importPage, qualityListPage } from '../admin-routes'
import { decideConflictMutation, listConflictsInfiniteOptions, type ConflictRead } from '../api'
import { propertyPage } from '../routes'
import { number } from './import-words'
import { CORRECTION_FIELDS, correctionValue } from './words'

const VIEWS = [
  { state: 'open', label: 'To decide', none: 'No import contradicts a correction.' },
  { state: 'kept', label: 'Correction kept', none: 'No correction was kept against an import yet.' },
  { state: 'taken', label: 'File’s value taken', none: 'No file’s value was taken yet.' },
] as const

const hrefOf = (state: ConflictRead['state']) =>
  qualityListPage.href({ params: { kind: 'conflicts' }, search: { state } })

/** Where an import said something else than an approved correction: a person decides which it is. */
export function ConflictList() {
  const { state } = qualityListPage.useSearch()
  const conflicts = useInfiniteQuery({
    ...listConflictsInfiniteOptions({ query: { state, limit: 20 } }),
    ...byCursor,
  })
  return (
    <>
      <Views
        label="Conflicts"
        views={VIEWS.map((view) => ({ label: view.label, href: hrefOf(view.state) }))}
        active={hrefOf(state)}
      />
      <PagedList
        query={conflicts}
        failed="The conflicts could not be loaded"
        empty={VIEWS.find((view) => view.state === state)?.none}
        shown={['conflict', 'conflicts']}
      >
        {(rows) => (
          <div
            css={{ display: 'grid', gap: '1rem', gridTemplateColumns: 'minmax(0, 1fr)', maxWidth: '60rem' }}
          >
            {rows.map((conflict) => (
              <Conflict key={conflict.id} conflict={conflict} />
            ))}
          </div>
        )}
      </PagedList>
    </>
  )
}

function Conflict({ conflict }: { conflict: ConflictRead }) {
  const mayDecide = useMay('property.corrections.decide')
  const { field, address, record, property_id } = conflict
  const value = (text: string | null) => formatAddress(correctionValue(field, text))
  const where = conflict.line === null ? '' : `, line ${number(conflict.line)}`
  return (
    <Panel
      title={
        <TextLink href={propertyPage.href({ params: { propertyId: property_id } })}>
          {address ? formatAddress(address) : record}
        </TextLink>
      }
      hint={`${CORRECTION_FIELDS[field]} of ${formatAddress(record)}`}
      edge={conflict.state === 'open' ? 'warning' : undefined}
    >
      <div css={{ display: 'grid', gap: '1rem' }}>
        <Facts
          labels="12rem"
          of={[
            ['Correction', <strong key="kept">{value(conflict.kept)}</strong>],
            ['The file says', <strong key="file">{value(conflict.imported_value)}</strong>],
            ['Before the correction', value(conflict.before)],
            ['Why it was corrected', `${conflict.reason} (${conflict.corrected_by_name})`],
            [
              'File',
              <span key="run">
                <TextLink href={importPage.href({ params: { runId: conflict.import_run_id } })}>
                  {conflict.file_name ?? 'An import'}
                </TextLink>
                {`${where}, ${formatDayAndTime(conflict.created_at)}`}
              </span>,
            ],
            conflict.decided_at !== null && [
              'Decided',
              `${conflict.decided_by_name ?? ''}, ${formatDayAndTime(conflict.decided_at)}`,
            ],
          ]}
        />
        {conflict.state === 'open' && mayDecide ? <Decide conflict={conflict} value={value} /> : null}
      </div>
    </Panel>
  )
}

function Decide({ conflict, value }: { conflict: ConflictRead; value: (text: string | null) => string }) {
  const queryClient = useQueryClient()
  const decide = useMutation({
    ...decideConflictMutation(),
    onSuccess: () => queryClient.invalidateQueries(),
  })
  const press = (decision: 'keep' | 'take') =>
    decide.mutate({ path: { conflict_id: conflict.id }, body: { decision } })
  return (
    <div css={{ display: 'grid', gap: '0.75rem' }}>
      {decide.error ? <ErrorPanel title="The conflict was not decided" error={decide.error} /> : null}
      <div css={{ display: 'flex', flexWrap: 'wrap', gap: '0.75rem', ...slimButtons }}>
        <ActionButton size="sm" loading={decide.isPending} onClick={() => press('keep')}>
          {`Keep ${value(conflict.kept)}`}
        </ActionButton>
        <ActionButton size="sm" variant="secondary" loading={decide.isPending} onClick={() => press('take')}>
          {`Take ${value(conflict.imported_value)}`}
        </ActionButton>
      </div>
    </div>
  )
}
