import { useState } from 'react'
import { useQuery } from '@tanstack/react-query'
import { TextLink } from '@ag.ds-next/react/text-link'
import { formatDayAndTime, Loaded, Notice, StaffPage, Status } from '@banksia/kit'
import { importPage, importsPage, sourcePage } from '../admin-routes'
import { readImportOptions, type ImportRunDetail } from '../api'
import { ImportMapping } from '../components/import-mapping'
import { ImportProgress } from '../components/import-progress'
import { ImportApplied, ImportOver } from '../components/import-result'
import { ImportReview } from '../components/import-review'
import { formatWords, isRunning, stateWords } from '../components/import-words'

const LOOK_AGAIN_MS = 1_000

/** One import, from the sent file to its place in the truth; its state says what stands here. */
export default function ImportPage() {
  const { runId } = importPage.useParams()
  const run = useQuery({
    ...readImportOptions({ path: { run_id: runId } }),
    refetchInterval: ({ state: { data } }) => (data && isRunning(data) ? LOOK_AGAIN_MS : false),
  })
  return (
    <StaffPage
      title={run.data?.file_name ?? 'Import'}
      where={<TextLink href={importsPage.href()}>Imports</TextLink>}
      badge={run.data ? <Status word={stateWords[run.data.state]} outlined /> : null}
      facts={run.data ? <About run={run.data} /> : null}
    >
      <div
        css={{ display: 'grid', gap: '1.25rem', gridTemplateColumns: 'minmax(0, 1fr)', maxWidth: '64rem' }}
      >
        <Loaded query={run} failed="The import could not be loaded">
          {(found) => <Stage key={`${found.id} ${found.state}`} run={found} />}
        </Loaded>
      </div>
    </StaffPage>
  )
}

function About({ run }: { run: ImportRunDetail }) {
  return (
    <>
      {run.source ? (
        <TextLink href={sourcePage.href({ params: { sourceId: run.source.id } })}>{run.source.name}</TextLink>
      ) : (
        'Without a source'
      )}
      {` · ${formatWords[run.format]} · sent by ${run.requested_by_name}, ${formatDayAndTime(run.started_at)}`}
    </>
  )
}

function Stage({ run }: { run: ImportRunDetail }) {
  const [remaps, setRemaps] = useState(false)
  if (isRunning(run)) return <ImportProgress run={run} />
  if (run.state === 'applied') return <ImportApplied run={run} />
  if (run.state === 'checked' && !remaps) return <ImportReview run={run} onRemap={() => setRemaps(true)} />
  if (run.state === 'reverted' || run.state === 'discarded') return <ImportOver run={run} />
  return (
    <>
      {run.state === 'failed' ? (
        <Notice tone="error" role="alert" title="The import failed and changed nothing">
          <p>{run.failure}</p>
        </Notice>
      ) : null}
      {run.actions.includes('preview') ? <ImportMapping run={run} /> : null}
    </>
  )
}
