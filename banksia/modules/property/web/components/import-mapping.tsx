import { useState } from 'react'
import { keepPreviousData, queryOptions, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Select } from '@ag.ds-next/react/select'
import {
  ActionButton,
  colour,
  compactFields,
  ErrorPanel,
  Notice,
  Panel,
  slimButtons,
  SkeletonRows,
  PHONE,
} from '@banksia/kit'
import {
  checkImportMutation,
  discardImportMutation,
  previewImport,
  readImportQueryKey,
  type ImportCheck,
  type ImportPreview,
  type ImportRunDetail,
} from '../api'
import { formatWords, isMapped, number } from './import-words'
import { MappingFields } from './mapping-fields'
import { PreviewTable } from './preview-table'
import { SYSTEMS } from './source-fields'

/** How the file is to be read, as far as it was changed here. */
type Reading = Pick<ImportCheck, 'mapping' | 'crs'>

const previewOf = (run: ImportRunDetail, body: Reading) =>
  queryOptions({
    queryKey: ['property', 'import-preview', run.id, body],
    queryFn: async ({ signal }) => {
      const { data } = await previewImport({ path: { run_id: run.id }, body, signal, throwOnError: true })
      return data
    },
    staleTime: Infinity,
  })

/** Before the check: how the file would be read, and which of its columns is what. */
export function ImportMapping({ run }: { run: ImportRunDetail }) {
  const [reading, setReading] = useState<Reading>({})
  const file = useQuery(previewOf(run, {}))
  const live = useQuery({ ...previewOf(run, reading), placeholderData: keepPreviousData })
  const kept = (run.options.mapping ?? {}) as Record<string, string>
  // What was chosen counts, an empty choice too; the server has found the rest by the headings.
  const mapping = { ...(live.data ?? file.data)?.mapping, ...(reading.mapping ?? kept) }
  const mapped = isMapped(run.format)
  return (
    <>
      {live.data && live.data.problems.length > 0 ? <Problems problems={live.data.problems} /> : null}
      {file.data && mapped ? (
        <Panel
          title="Columns"
          hint="Guessed from the headings. What you choose is kept for the next files of this source."
        >
          <MappingFields
            preview={file.data}
            mapping={mapping}
            onChange={(next) => setReading({ ...reading, mapping: next })}
          />
          {mapping.x && mapping.y ? (
            <div css={{ ...compactFields, marginTop: '1rem' }}>
              <Select
                label="Coordinate system of X and Y"
                hideOptionalLabel
                options={SYSTEMS}
                value={reading.crs ?? (run.options.crs as string | null) ?? ''}
                onChange={({ target }) => setReading({ ...reading, crs: target.value || null })}
              />
            </div>
          ) : null}
        </Panel>
      ) : null}
      {live.isError ? (
        <ErrorPanel
          title="The file could not be read this way"
          error={live.error}
          onRetry={() => void live.refetch()}
        />
      ) : null}
      {live.isPending ? <SkeletonRows /> : null}
      {live.data ? (
        <Panel title="The first rows, as they would be read" hint={formOf(live.data)} flush>
          <div
            aria-busy={live.isPlaceholderData}
            css={{ opacity: live.isPlaceholderData ? 0.6 : 1, transition: 'opacity 0.2s' }}
          >
            <PreviewTable preview={live.data} />
          </div>
        </Panel>
      ) : null}
      <CheckButtons run={run} reading={mapped ? { ...reading, mapping } : reading} ready={live.isSuccess} />
    </>
  )
}

function Problems({ problems }: { problems: readonly string[] }) {
  return (
    <Notice
      tone="warning"
      role="status"
      title={problems.length === 1 ? 'Look at this first' : 'Look at these first'}
    >
      <ul css={{ paddingLeft: '1.25rem' }}>
        {problems.map((problem) => (
          <li key={problem}>{problem}</li>
        ))}
      </ul>
    </Notice>
  )
}

const DELIMITERS: Record<string, string> = { ',': 'comma', ';': 'semicolon', '\t': 'tab', '|': '| (pipe)' }

/** `CSV of a rates system, utf-8, cells parted by comma, 14 columns`. */
function formOf({ format, encoding, delimiter, columns }: ImportPreview): string {
  return [
    formatWords[format],
    encoding,
    delimiter ? `cells parted by ${DELIMITERS[delimiter] ?? delimiter}` : null,
    columns.length > 0 ? `${number(columns.length)} columns` : null,
  ]
    .filter(Boolean)
    .join(', ')
}

interface CheckButtonsProps {
  run: ImportRunDetail
  reading: Reading
  ready: boolean
}

function CheckButtons({ run, reading, ready }: CheckButtonsProps) {
  const queryClient = useQueryClient()
  const path = { run_id: run.id }
  const onSuccess = (changed: ImportRunDetail) =>
    queryClient.setQueryData(readImportQueryKey({ path }), changed)
  const check = useMutation({ ...checkImportMutation(), onSuccess })
  const discard = useMutation({ ...discardImportMutation(), onSuccess })
  const failure = check.error ?? discard.error
  return (
    <div css={bar}>
      {failure ? <ErrorPanel title="The import was not changed" error={failure} /> : null}
      <div
        css={{
          display: 'flex',
          flexWrap: 'wrap',
          alignItems: 'center',
          gap: '0.5rem 0.75rem',
          ...slimButtons,
        }}
      >
        <ActionButton
          size="sm"
          loading={check.isPending}
          disabled={!ready}
          onClick={() => check.mutate({ path, body: reading })}
        >
          Check the file
        </ActionButton>
        <ActionButton
          size="sm"
          variant="tertiary"
          loading={discard.isPending}
          onClick={() => discard.mutate({ path })}
        >
          Discard this import
        </ActionButton>
        <span css={{ fontSize: '0.875rem', color: colour.foregroundMuted, [PHONE]: { display: 'none' } }}>
          The check reads every row and changes nothing.
        </span>
      </div>
    </div>
  )
}

/** Twenty rows are longer than a window: what comes next stays in sight. */
const bar = {
  position: 'sticky',
  bottom: 0,
  display: 'grid',
  gap: '0.75rem',
  padding: '0.75rem 0',
  borderTop: `1px solid ${colour.borderMuted}`,
  background: colour.backgroundBody,
} as const
