import { useMutation, useQueryClient } from '@tanstack/react-query'
import { TextLink } from '@ag.ds-next/react/text-link'
import { ActionButton, DecisionPanel, ErrorPanel, formatDayAndTime, Notice, slimButtons } from '@banksia/kit'
import { newImportPage, qualityPage } from '../admin-routes'
import { readImportQueryKey, revertImportMutation, type ImportRunDetail } from '../api'
import { ImportCounts } from './import-counts'
import { ImportSamples } from './import-samples'
import { number, totalsOf } from './import-words'

/** An import that is part of the truth: what it did, what to look at next, and the way back. */
export function ImportApplied({ run }: { run: ImportRunDetail }) {
  const when = run.finished_at ? `, ${formatDayAndTime(run.finished_at)}` : ''
  return (
    <>
      <Notice tone="success" role="status" title={`Applied by ${run.applied_by_name ?? 'Banksia'}${when}`}>
        <p>
          Search finds it now. <TextLink href={qualityPage.href()}>See what needs work in the data</TextLink>.
        </p>
      </Notice>
      <ImportCounts run={run} title="What it did" />
      <ImportSamples samples={run.samples} />
      {run.actions.includes('revert') ? <Revert run={run} /> : null}
    </>
  )
}

function Revert({ run }: { run: ImportRunDetail }) {
  const queryClient = useQueryClient()
  const path = { run_id: run.id }
  const revert = useMutation({
    ...revertImportMutation(),
    onSuccess: (changed) => queryClient.setQueryData(readImportQueryKey({ path }), changed),
  })
  const totals = totalsOf(run.counts)
  const sum = number(totals.new + totals.changed + totals.ended + totals.reopened)
  return (
    <DecisionPanel title="When you revert this import">
      <div css={{ display: 'grid', gap: '1rem', marginTop: '0.5rem' }}>
        <ul css={{ paddingLeft: '1.25rem' }}>
          <li>
            {number(totals.new)} new records go, {number(totals.changed)} get their earlier values back and{' '}
            {number(totals.ended)} hold again.
          </li>
          <li>Search and orders go on meanwhile. History keeps that it was applied and reverted.</li>
          <li>It is refused when a later import, correction or order depends on what this one brought.</li>
        </ul>
        {revert.error ? <ErrorPanel title="The import was not reverted" error={revert.error} /> : null}
        <div css={slimButtons}>
          <ActionButton
            variant="secondary"
            loading={revert.isPending}
            onClick={() => revert.mutate({ path })}
          >
            {`Revert ${sum} record${sum === '1' ? '' : 's'}`}
          </ActionButton>
        </div>
      </div>
    </DecisionPanel>
  )
}

/** An import that is no part of the truth and never will be: reverted or discarded. */
export function ImportOver({ run }: { run: ImportRunDetail }) {
  const reverted = run.state === 'reverted'
  const when = (reverted ? run.reverted_at : run.finished_at) ?? run.started_at
  const title = reverted
    ? `Reverted by ${run.reverted_by_name ?? 'Banksia'}, ${formatDayAndTime(when)}`
    : `Discarded, ${formatDayAndTime(when)}`
  return (
    <>
      <Notice tone="info" role="status" title={title}>
        <p>
          {reverted ? 'Everything is as it was before this import. ' : 'It changed nothing. '}
          <TextLink href={newImportPage.href({ search: { source: run.source?.id } })}>
            Import another file
          </TextLink>
          .
        </p>
      </Notice>
      {Object.keys(run.counts).length > 0 ? <ImportCounts run={run} title="What it had in it" /> : null}
    </>
  )
}
