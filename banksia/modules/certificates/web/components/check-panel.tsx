import { useMutation, useQueryClient } from '@tanstack/react-query'
import { ActionButton, DecisionPanel, ErrorPanel, useMay, useUser } from '@banksia/kit'
import {
  checkLineMutation,
  readDraftOptions,
  sendToCheckMutation,
  type DraftRead,
  type FieldRead,
} from '../api'
import { DecisionRow } from './decision-row'
import { goToAnswer } from './draft-focus'
import { seenOf, useShowChanges } from './known-changes'
import { openValuesOf, UnsavedAnswers } from './open-values'

interface SendPanelProps {
  draft: DraftRead
  /** What is answered on the page and not stored: the second officer would not see it. */
  unsaved: readonly FieldRead[]
  saving: boolean
}

/** A product that asks for a second officer: the draft is handed over as it stands. */
export function SendPanel({ draft, unsaved, saving }: SendPanelProps) {
  const mayPrepare = useMay('certificates.lines.prepare')
  const keep = useKeep(draft)
  const showChanges = useShowChanges(draft)
  const send = useMutation({ ...sendToCheckMutation(), onSuccess: keep, onError: showChanges })
  if (!mayPrepare) return null
  const first = unsaved[0] ?? openValuesOf(draft)[0]
  const press = () => {
    if (first) goToAnswer(first.key)
    else if (!saving) send.mutate({ path: { line_id: draft.line.id }, body: seenOf(draft) })
  }
  return (
    <DecisionPanel title="Before it is issued">
      {send.error ? <ErrorPanel title="It was not sent to be checked" error={send.error} /> : null}
      <p css={{ marginBottom: '1rem' }}>
        A second officer checks this certificate. You cannot change it while it waits; they can send it back
        to you.
      </p>
      <DecisionRow draft={draft} unsaved={unsaved} saving={saving}>
        <ActionButton loading={send.isPending} aria-disabled={Boolean(first) || saving} onClick={press}>
          Send to be checked
        </ActionButton>
      </DecisionRow>
    </DecisionPanel>
  )
}

/** The second look, by whoever did not prepare it. */
export function CheckPanel({ draft, unsaved }: Omit<SendPanelProps, 'saving'>) {
  const user = useUser()
  const mayCheck = useMay('certificates.orders.issue')
  const keep = useKeep(draft)
  const showChanges = useShowChanges(draft)
  const check = useMutation({ ...checkLineMutation(), onSuccess: keep, onError: showChanges })
  if (!mayCheck) return null
  const [first] = unsaved
  const isOwn = Boolean(user && draft.prepared_by_ids.includes(user.id))
  return (
    <DecisionPanel title="Second officer">
      {check.error ? <ErrorPanel title="It is not noted as checked" error={check.error} /> : null}
      {isOwn ? (
        <p>You prepared it: an officer who did not will check it.</p>
      ) : (
        <>
          <p css={{ marginBottom: '1rem' }}>
            Compare every answer with its source. What you check is what can be issued: if council’s knowledge
            of the property changes before, it has to be checked again.
          </p>
          <UnsavedAnswers unsaved={unsaved} />
          <DecisionRow>
            <ActionButton
              loading={check.isPending}
              aria-disabled={Boolean(first)}
              onClick={() => {
                if (first) goToAnswer(first.key)
                else check.mutate({ path: { line_id: draft.line.id }, body: { known: draft.known } })
              }}
            >
              Checked, nothing to change
            </ActionButton>
          </DecisionRow>
        </>
      )}
    </DecisionPanel>
  )
}

function useKeep(draft: DraftRead) {
  const queryClient = useQueryClient()
  return async (next: DraftRead) => {
    const options = readDraftOptions({ path: { line_id: draft.line.id } })
    queryClient.setQueryData(options.queryKey, next)
    await queryClient.invalidateQueries()
  }
}
