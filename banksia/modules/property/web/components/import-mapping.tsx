import { useState } from 'react'
import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Button } from '@ag.ds-next/react/button'
import { colour, ErrorPanel, Notice, Panel, slimButtons, SkeletonRows, PHONE } from '@banksia/kit'
import {
  checkImportMutation,
  discardImportMutation,
  previewImport,
  readImportQueryKey,
  type ImportPreview,
  type ImportRunDetail,
} from '../api'
import { formatWords, isMapped, number } from './import-words'
import { MappingFields } from './mapping-fields'
import { PreviewTable } from './preview-table'

type Mapping = Record<string, string>

/** Before the check: how the file would be read, and which of its columns is what. */
export function ImportMapping({ run }: { run: ImportRunDetail }) {
  const [mapping, setMapping] = useState<Mapping>()
  const path = { run_id: run.id }
  const preview = useQuery({
    queryKey: ['property', 'import-preview', run.id, mapping ?? 'as guessed'],
    queryFn: async ({ signal }) => {
      const { data } = await previewImport({
        path,
        body: mapping ? { mapping } : {},
        signal,
        throwOnError: true,
      })
      return data
    },
    placeholderData: keepPreviousData,
    staleTime: Infinity,
  })
  // Once it has answered, the server's word counts: it may have found more columns by their headings.
  const chosen = (preview.isPlaceholderData ? mapping : preview.data?.mapping) ?? {}
  return (
    <>
      {preview.data && preview.data.problems.length > 0 ? (
        <Problems problems={preview.data.problems} />
      ) : null}
      {preview.data && isMapped(run.format) ? (
        <Panel
          title="Columns"
          hint="Guessed from the headings. What you choose is kept for the next files of this source."
        >
          <MappingFields preview={preview.data} mapping={chosen} onChange={setMapping} />
        </Panel>
      ) : null}
      {preview.isError ? (
        <ErrorPanel
          title="The file could not be read this way"
          error={preview.error}
          onRetry={() => void preview.refetch()}
        />
      ) : null}
      {preview.isPending ? <SkeletonRows /> : null}
      {preview.data ? (
        <Panel title="The first rows, as they would be read" hint={formOf(preview.data)} flush>
          <div
            aria-busy={preview.isPlaceholderData}
            css={{ opacity: preview.isPlaceholderData ? 0.6 : 1, transition: 'opacity 0.2s' }}
          >
            <PreviewTable preview={preview.data} />
          </div>
        </Panel>
      ) : null}
      <CheckButtons run={run} mapping={isMapped(run.format) ? chosen : undefined} ready={preview.isSuccess} />
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
  mapping: Mapping | undefined
  ready: boolean
}

function CheckButtons({ run, mapping, ready }: CheckButtonsProps) {
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
        <Button
          loading={check.isPending}
          disabled={!ready}
          onClick={() => check.mutate({ path, body: mapping ? { mapping } : {} })}
        >
          Check the file
        </Button>
        <Button variant="tertiary" loading={discard.isPending} onClick={() => discard.mutate({ path })}>
          Discard this import
        </Button>
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
