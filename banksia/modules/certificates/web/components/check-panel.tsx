import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Button } from '@ag.ds-next/react/button'
import { DecisionPanel, ErrorPanel, useMay, useUser } from '@banksia/kit'
import { checkLineMutation, readDraftOptions, sendToCheckMutation, type DraftRead } from '../api'
import { DecisionRow } from './decision-row'
import { seenOf, useShowChanges } from './known-changes'
import { openValuesOf } from './open-values'

/** A product that asks for a second officer: the draft is handed over as it stands. */
export function SendPanel({ draft, saving }: { draft: DraftRead; saving: boolean }) {
  const mayPrepare = useMay('certificates.lines.prepare')
  const keep = useKeep(draft)
  const showChanges = useShowChanges(draft)
  const send = useMutation({ ...sendToCheckMutation(), onSuccess: keep, onError: showChanges })
  if (!mayPrepare) return null
  const [first] = openValuesOf(draft)
  const press = () => {
    if (first) document.getElementById(`field-${first.key}`)?.focus()
    else if (!saving) send.mutate({ path: { line_id: draft.line.id }, body: seenOf(draft) })
  }
  return (
    <DecisionPanel title="Before it is issued">
      {send.error ? <ErrorPanel title="It was not sent to be checked" error={send.error} /> : null}
      <p css={{ marginBottom: '1rem' }}>
        A second officer checks this certificate. You cannot change it while it waits; they can send it back
        to you.
      </p>
      <DecisionRow draft={draft} saving={saving}>
        <Button loading={send.isPending} aria-disabled={Boolean(first) || saving} onClick={press}>
          Send to be checked
        </Button>
      </DecisionRow>
    </DecisionPanel>
  )
}

/** The second look, by whoever did not prepare it. */
export function CheckPanel({ draft }: { draft: DraftRead }) {
  const user = useUser()
  const mayCheck = useMay('certificates.orders.issue')
  const keep = useKeep(draft)
  const showChanges = useShowChanges(draft)
  const check = useMutation({ ...checkLineMutation(), onSuccess: keep, onError: showChanges })
  if (!mayCheck) return null
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
          <DecisionRow>
            <Button
              loading={check.isPending}
              onClick={() => {
                check.mutate({ path: { line_id: draft.line.id }, body: { known: draft.known } })
              }}
            >
              Checked, nothing to change
            </Button>
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
