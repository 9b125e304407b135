import { useState } from 'react'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Button } from '@ag.ds-next/react/button'
import { Textarea } from '@ag.ds-next/react/textarea'
import { Dialog, ErrorPanel, useMay, useUser } from '@banksia/kit'
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

interface Act {
  title: string
  label: string
  button: string
  send: (text: string) => Promise<{ data: DraftRead }>
}

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
    send: (reason) => replaceCertificate({ path, body: { reason }, throwOnError: true }),
  }
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
      {mayPrepare && open && state !== 'to_check' && assigned_to_id !== user?.id ? (
        <Button
          size="sm"
          loading={assign.isPending}
          onClick={() => {
            assign.mutate({ path, body: { officer_id: user?.id ?? null } })
          }}
        >
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

function ActDialog({
  act,
  onClose,
  onDone,
}: {
  act: Act
  onClose: () => void
  onDone: (draft: DraftRead) => void
}) {
  const [text, setText] = useState('')
  const send = useMutation({
    mutationFn: () => act.send(text.trim()),
    onSuccess: ({ data }) => {
      onDone(data)
      onClose()
    },
  })
  return (
    <Dialog
      open
      onClose={onClose}
      title={act.title}
      actions={
        <>
          <Button
            size="sm"
            loading={send.isPending}
            onClick={() => {
              send.mutate()
            }}
          >
            {act.button}
          </Button>
          <Button size="sm" variant="secondary" onClick={onClose}>
            Leave it as it is
          </Button>
        </>
      }
    >
      {send.error ? <ErrorPanel error={send.error} /> : null}
      <Textarea
        label={act.label}
        hideOptionalLabel
        block
        rows={4}
        value={text}
        onChange={(event) => {
          setText(event.target.value)
        }}
      />
    </Dialog>
  )
}
