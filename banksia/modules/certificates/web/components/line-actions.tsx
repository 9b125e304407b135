import { useState } from 'react'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Button } from '@ag.ds-next/react/button'
import { ActionButton, useMay, useShortcuts, useUser } from '@banksia/kit'
import { assignLineMutation, readDraftOptions, type DraftRead } from '../api'
import { type Act, ActDialog } from './act-dialog'
import { actsOf } from './line-acts'
import { OfficerChanged } from './officer-changed'
import { StartClock } from './start-clock'

/** What an officer can do with a line besides drafting and issuing it. */
export function LineActions({ draft }: { draft: DraftRead }) {
  const user = useUser()
  const mayPrepare = useMay('certificates.lines.prepare')
  const mayIssue = useMay('certificates.orders.issue')
  const queryClient = useQueryClient()
  const [act, setAct] = useState<Act>()
  const path = { line_id: draft.line.id }
  const key = readDraftOptions({ path }).queryKey
  const assign = useMutation({
    ...assignLineMutation(),
    onSuccess: () => queryClient.invalidateQueries(),
    onError: () => queryClient.invalidateQueries({ queryKey: key }), // who was faster is on the line now
  })
  const keep = (next: DraftRead) => {
    queryClient.setQueryData(key, next)
  }
  const { state, assigned_to_id } = draft.line
  const checking = state === 'to_check' || state === 'checked'
  const open = state === 'queued' || state === 'assigned' || state === 'drafted' || checking
  const { back, hold, refuse, replace, keepIssued } = actsOf(draft.line.id)
  const mayTake = mayPrepare && open && state !== 'to_check' && assigned_to_id !== user?.id
  const takeFrom = (seen_officer_id: string | null) => {
    assign.mutate({ path, body: { officer_id: user?.id ?? null, seen_officer_id } })
  }
  const take = () => {
    takeFrom(assigned_to_id)
  }
  useShortcuts(mayTake && !assign.error ? [{ key: 't', label: 'Take it', run: take }] : [])
  return (
    <>
      <OfficerChanged error={assign.error} onTakeOver={takeFrom} />
      {mayIssue && checking ? (
        <Button
          size="sm"
          variant="secondary"
          onClick={() => {
            setAct(back)
          }}
        >
          Send back
        </Button>
      ) : null}
      {mayTake && !assign.error ? (
        <ActionButton size="sm" loading={assign.isPending} onClick={take}>
          {assigned_to_id ? 'Take it over' : 'Take it'}
        </ActionButton>
      ) : null}
      {mayPrepare && open ? (
        <Button
          size="sm"
          variant="secondary"
          onClick={() => {
            setAct(hold)
          }}
        >
          Put on hold
        </Button>
      ) : null}
      {mayPrepare && state === 'on_hold' ? <StartClock lineId={draft.line.id} /> : null}
      {mayIssue && draft.replaces ? (
        <Button
          size="sm"
          variant="secondary"
          onClick={() => {
            setAct(keepIssued)
          }}
        >
          Keep the issued one
        </Button>
      ) : null}
      {mayIssue && !draft.replaces && (open || state === 'on_hold') ? (
        <Button
          size="sm"
          variant="tertiary"
          onClick={() => {
            setAct(refuse)
          }}
        >
          Cannot issue
        </Button>
      ) : null}
      {mayIssue && state === 'issued' ? (
        <Button
          size="sm"
          variant="secondary"
          onClick={() => {
            setAct(replace)
          }}
        >
          Replace
        </Button>
      ) : null}
      {act ? (
        <ActDialog
          act={act}
          onClose={() => {
            setAct(undefined)
          }}
          onDone={keep}
        />
      ) : null}
    </>
  )
}
