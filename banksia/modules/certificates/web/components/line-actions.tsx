import { useState } from 'react'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Button } from '@ag.ds-next/react/button'
import { ErrorPanel, useMay, useShortcuts, useUser } from '@banksia/kit'
import {
  assignLineMutation,
  holdLine,
  readDraftOptions,
  refuseLine,
  replaceCertificate,
  resumeLine,
  sendBack,
  type DraftRead,
} from '../api'
import { type Act, ActDialog } from './act-dialog'

/** Whoever checks the old certificate reads the class of the reason, and never its words. */
const WHY_REPLACED = [
  { value: 'mistake', label: 'It held a mistake' },
  { value: 'facts_changed', label: 'What council knows of the land has changed' },
  { value: 'asked', label: 'The customer asked for another' },
  { value: 'other', label: 'Another reason' },
] as const

/** What an officer can do with a line besides drafting and issuing it. */
export function LineActions({ draft }: { draft: DraftRead }) {
  const user = useUser()
  const mayPrepare = useMay('certificates.lines.prepare')
  const mayIssue = useMay('certificates.orders.issue')
  const queryClient = useQueryClient()
  const [act, setAct] = useState<Act>()
  const path = { line_id: draft.line.id }
  const key = readDraftOptions({ path }).queryKey
  const assign = useMutation({ ...assignLineMutation(), onSuccess: () => queryClient.invalidateQueries() })
  const keep = (next: DraftRead) => {
    queryClient.setQueryData(key, next)
  }
  const { state, assigned_to_id } = draft.line
  const checking = state === 'to_check' || state === 'checked'
  const open = state === 'queued' || state === 'assigned' || state === 'drafted' || checking
  const back: Act = {
    title: 'Send back',
    label: 'What is to be changed? Whoever prepared it reads this.',
    button: 'Send back',
    send: (reason) => sendBack({ path, body: { reason }, throwOnError: true }),
  }
  const hold: Act = {
    title: 'Put on hold',
    label: 'What does council need from the customer? The clock stops until it is answered.',
    button: 'Put on hold',
    send: (question) => holdLine({ path, body: { question }, throwOnError: true }),
  }
  const refuse: Act = {
    title: 'Cannot issue',
    label: 'Why can this certificate not be issued? The customer reads it.',
    button: 'Tell the customer',
    send: (reason) => refuseLine({ path, body: { reason }, throwOnError: true }),
  }
  const replace: Act = {
    title: 'Replace this certificate',
    label: 'Why is it replaced? The reason is kept with both.',
    button: 'Start the replacement',
    choices: WHY_REPLACED,
    send: (reason, because) =>
      replaceCertificate({
        path,
        body: { reason, because: WHY_REPLACED.find(({ value }) => value === because)?.value ?? 'other' },
        throwOnError: true,
      }),
  }
  const mayTake = mayPrepare && open && state !== 'to_check' && assigned_to_id !== user?.id
  const take = () => {
    assign.mutate({ path, body: { officer_id: user?.id ?? null } })
  }
  useShortcuts(mayTake ? [{ key: 't', label: 'Take it', run: take }] : [])
  return (
    <>
      {assign.error ? <ErrorPanel error={assign.error} /> : null}
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
      {mayTake ? (
        <Button size="sm" loading={assign.isPending} onClick={take}>
          Take it
        </Button>
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
      {mayPrepare && state === 'on_hold' ? (
        <Button
          size="sm"
          onClick={() =>
            void resumeLine({ path, throwOnError: true }).then(({ data }) => {
              keep(data)
            })
          }
        >
          Start the clock again
        </Button>
      ) : null}
      {mayIssue && (open || state === 'on_hold') ? (
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
