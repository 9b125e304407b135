import { useMutation, useQueryClient } from '@tanstack/react-query'
import { TextLink } from '@ag.ds-next/react/text-link'
import {
  ActionButton,
  DecisionPanel,
  ErrorPanel,
  formatDate,
  formatDayAndTime,
  Notice,
  Panel,
  slimButtons,
} from '@banksia/kit'
import { approveDisposalMutation, cancelDisposalMutation, type DisposalRead } from '../../api'
import { Consequences } from './act-dialog'
import { documentsOf } from './words'

/** What is decided about a list, or what became of it. */
export function DisposalDecision({ disposal }: { disposal: DisposalRead }) {
  if (disposal.state === 'proposed') return <Decide disposal={disposal} />
  const approved = disposal.approved_at
    ? `Approved by ${disposal.approved_by_name ?? 'the council'} on ${formatDate(disposal.approved_at)}.`
    : ''
  if (disposal.state === 'approved')
    return (
      <Notice tone="info" role="status" title="The documents are being destroyed">
        {`${approved} This page updates by itself; you can also close it.`}
      </Notice>
    )
  if (disposal.state === 'cancelled')
    return (
      <Panel title="This list was cancelled">
        Nothing of it was destroyed. What is due comes onto the next list.
      </Panel>
    )
  return (
    <Panel title={`${documentsOf(disposal.document_count)} destroyed`}>
      <div css={{ display: 'grid', gap: '0.75rem' }}>
        <p>{`${approved} ${disposal.done_at ? `Carried out ${formatDayAndTime(disposal.done_at)}.` : ''}`}</p>
        {disposal.has_certificate ? (
          <p>
            <TextLink
              href={`/api/files/disposals/${disposal.id}/certificate`}
              target="_blank"
              rel="noreferrer"
            >
              Certificate of destruction (PDF)
            </TextLink>
          </p>
        ) : null}
      </div>
    </Panel>
  )
}

function Decide({ disposal }: { disposal: DisposalRead }) {
  const count = documentsOf(disposal.document_count)
  return (
    <DecisionPanel title="Decide about this list">
      <div css={{ display: 'grid', gap: '1rem', ...slimButtons }}>
        {disposal.document_count === 0 ? (
          <p>Every document of this list is kept. Cancel it.</p>
        ) : disposal.is_mine ? (
          <Notice tone="info" title="Another administrator approves it">
            You made this list. Nobody approves their own.
          </Notice>
        ) : (
          <Approve disposal={disposal} count={count} />
        )}
        <Cancel disposal={disposal} />
      </div>
    </DecisionPanel>
  )
}

function Approve({ disposal, count }: { disposal: DisposalRead; count: string }) {
  const queryClient = useQueryClient()
  const approve = useMutation({
    ...approveDisposalMutation(),
    onSuccess: () => queryClient.invalidateQueries(),
  })
  return (
    <>
      {approve.error ? <ErrorPanel title="The list was not approved" error={approve.error} /> : null}
      <Consequences
        lines={[
          `${count} and every version of ${disposal.document_count === 1 ? 'it' : 'them'} are destroyed. There is no isolation, and nothing can be restored.`,
          'Title, hash and log of each stay. What a hold keeps by then stays whole.',
          'A certificate of destruction is made, with your name.',
        ]}
      />
      <span>
        <ActionButton
          size="sm"
          loading={approve.isPending}
          onClick={() => {
            approve.mutate({ path: { disposal_id: disposal.id } })
          }}
        >
          {`Destroy ${count}`}
        </ActionButton>
      </span>
    </>
  )
}

function Cancel({ disposal }: { disposal: DisposalRead }) {
  const queryClient = useQueryClient()
  const cancel = useMutation({
    ...cancelDisposalMutation(),
    onSuccess: () => queryClient.invalidateQueries(),
  })
  return (
    <>
      {cancel.error ? <ErrorPanel title="The list was not cancelled" error={cancel.error} /> : null}
      <span>
        <ActionButton
          size="sm"
          variant="secondary"
          loading={cancel.isPending}
          onClick={() => {
            cancel.mutate({ path: { disposal_id: disposal.id } })
          }}
        >
          Cancel this list
        </ActionButton>
      </span>
    </>
  )
}
