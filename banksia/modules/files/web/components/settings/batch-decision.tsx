import { useMutation, useQueryClient } from '@tanstack/react-query'
import { TextLink } from '@ag.ds-next/react/text-link'
import {
  ActionButton,
  DecisionPanel,
  ErrorPanel,
  formatBytes,
  Notice,
  Panel,
  slimButtons,
} from '@banksia/kit'
import { startLoadMutation, startUndoMutation, type BatchRead } from '../../api'
import { Consequences } from './act-dialog'
import { documentsOf } from './words'

/** What can be done with a load now, or what is being done. */
export function BatchDecision({ batch }: { batch: BatchRead }) {
  const refused = batch.counts.rejected + batch.counts.failed + batch.counts.already_here
  return (
    <div css={{ display: 'grid', gap: '1rem' }}>
      <Now batch={batch} />
      {batch.counts.kept > 0 ? (
        <Panel title={`${documentsOf(batch.counts.kept)} not taken back`}>
          Each line says why: a new version since, a hold, or it had left already.
        </Panel>
      ) : null}
      {refused > 0 ? (
        <Panel title={`${refused.toLocaleString('en-AU')} not loaded`}>
          <TextLink href={`/api/files/batches/${batch.id}/rejected`}>
            Download them with the reasons (CSV)
          </TextLink>
        </Panel>
      ) : null}
    </div>
  )
}

function Now({ batch }: { batch: BatchRead }) {
  const { state, counts } = batch
  if (state === 'checking')
    return (
      <Notice tone="info" role="status" title="The manifest is being judged">
        This page updates by itself; you can also close it.
      </Notice>
    )
  if (state === 'failed')
    return (
      <Notice tone="error" title="The folder could not be checked">
        {batch.note} Put it right, then check the folder again.
      </Notice>
    )
  if (state === 'checked') return <Load batch={batch} />
  if (state === 'loading')
    return (
      <>
        <Notice tone="info" role="status" title="Loading">
          {`${documentsOf(counts.loaded)} loaded, ${counts.ready.toLocaleString('en-AU')} to go${speed(batch)}. This page updates by itself.`}
        </Notice>
        {batch.note ? <Load batch={batch} again /> : null}
        <Undo batch={batch} />
      </>
    )
  if (state === 'undoing')
    return (
      <Notice tone="info" role="status" title="The load is being taken back">
        Its documents go into isolation. This page updates by itself.
      </Notice>
    )
  if (state === 'undone')
    return (
      <Panel title={`${documentsOf(counts.undone)} taken back`}>
        They are in isolation: an administrator can restore each.
        {counts.kept > 0 ? ` ${documentsOf(counts.kept)} stayed; the lines say why.` : ''}
      </Panel>
    )
  return <Undo batch={batch} />
}

const speed = (batch: BatchRead) =>
  batch.files_per_second === null ? '' : `, ${batch.files_per_second.toLocaleString('en-AU')} files a second`

function Load({ batch, again = false }: { batch: BatchRead; again?: boolean }) {
  const queryClient = useQueryClient()
  const load = useMutation({ ...startLoadMutation(), onSuccess: () => queryClient.invalidateQueries() })
  const count = documentsOf(batch.counts.ready)
  return (
    <DecisionPanel title={again ? 'The load stopped' : 'Load these files'}>
      <div css={{ display: 'grid', gap: '1rem', ...slimButtons }}>
        {again ? <p>{batch.note} What was loaded is kept.</p> : null}
        {batch.counts.ready === 0 ? (
          <p>No line can be loaded. Put right what the lines say, then check the folder again.</p>
        ) : (
          <>
            <Consequences
              lines={[
                `${count} come into the files of their properties.`,
                'Folders of applications that are missing are made.',
                'The load can be taken back as a whole.',
              ]}
            />
            <ActionButton
              size="sm"
              loading={load.isPending}
              onClick={() => {
                load.mutate({ path: { batch_id: batch.id } })
              }}
            >
              {again ? 'Go on with the load' : `Load ${count}`}
            </ActionButton>
          </>
        )}
        {load.error ? <ErrorPanel error={load.error} title="The load could not be started" /> : null}
      </div>
    </DecisionPanel>
  )
}

function Undo({ batch }: { batch: BatchRead }) {
  const queryClient = useQueryClient()
  const undo = useMutation({ ...startUndoMutation(), onSuccess: () => queryClient.invalidateQueries() })
  const failed = batch.state === 'undo_failed'
  return (
    <Panel title={`${documentsOf(batch.counts.loaded)} ${failed ? 'still loaded' : 'loaded'}`}>
      <div css={{ display: 'grid', gap: '1rem', ...slimButtons }}>
        {failed ? (
          <Notice tone="error" title="The load was not taken back whole">
            {`${batch.note} ${documentsOf(batch.counts.undone)} taken back so far.`}
          </Notice>
        ) : (
          <p>{`${formatBytes(batch.bytes_loaded)}${speed(batch)}.`}</p>
        )}
        <Consequences
          lines={[
            ...(batch.state === 'loading' ? ['Taking the load back stops it: no other file is loaded.'] : []),
            'Taking the load back puts its documents into isolation.',
            'One that somebody has worked on since stays, and one that a hold is on; its line says why.',
            'A request to remove one of them is decided by it.',
            'An administrator can restore each for 90 days or more.',
          ]}
        />
        <ActionButton
          size="sm"
          variant="secondary"
          loading={undo.isPending}
          onClick={() => {
            undo.mutate({ path: { batch_id: batch.id } })
          }}
        >
          {`Take back ${documentsOf(batch.counts.loaded)}`}
        </ActionButton>
        {undo.error ? <ErrorPanel error={undo.error} title="The load could not be taken back" /> : null}
      </div>
    </Panel>
  )
}
