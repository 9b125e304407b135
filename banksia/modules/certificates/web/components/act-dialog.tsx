import { useRef, useState } from 'react'
import { useMutation } from '@tanstack/react-query'
import { Button } from '@ag.ds-next/react/button'
import { Select } from '@ag.ds-next/react/select'
import { Textarea } from '@ag.ds-next/react/textarea'
import { ActionButton, Dialog, ErrorPanel } from '@banksia/kit'
import type { DraftRead } from '../api'

/** What the server asks for at least. */
const LEAST = 5

export interface Act {
  title: string
  label: string
  button: string
  /** What the public may know of the reason, chosen besides its words. */
  choices?: readonly { value: string; label: string }[]
  send: (text: string, choice: string | undefined) => Promise<{ data: DraftRead }>
}

/** An act that needs a sentence. */
export function ActDialog({
  act,
  onClose,
  onDone,
}: {
  act: Act
  onClose: () => void
  onDone: (draft: DraftRead) => void
}) {
  const [text, setText] = useState('')
  const [choice, setChoice] = useState(act.choices?.[0]?.value)
  const [tooShort, setTooShort] = useState(false)
  const box = useRef<HTMLTextAreaElement>(null)
  const send = useMutation({
    mutationFn: () => act.send(text.trim(), choice),
    onSuccess: ({ data }) => {
      onDone(data)
      onClose()
    },
  })
  const press = () => {
    const short = text.trim().length < LEAST
    setTooShort(short)
    if (short) box.current?.focus()
    else send.mutate()
  }
  return (
    <Dialog
      open
      onClose={onClose}
      title={act.title}
      actions={
        <>
          <ActionButton size="sm" loading={send.isPending} onClick={press}>
            {act.button}
          </ActionButton>
          <Button size="sm" variant="secondary" onClick={onClose}>
            Leave it as it is
          </Button>
        </>
      }
    >
      {send.error ? <ErrorPanel error={send.error} /> : null}
      {act.choices ? (
        <div css={{ marginBottom: '1rem' }}>
          <Select
            label="Why? Whoever checks the old certificate reads this."
            hideOptionalLabel
            block
            options={[...act.choices]}
            value={choice}
            onChange={(event) => {
              setChoice(event.target.value)
            }}
          />
        </div>
      ) : null}
      <Textarea
        label={act.label}
        hideOptionalLabel
        block
        rows={4}
        ref={box}
        invalid={tooShort}
        message={tooShort ? `Write at least ${String(LEAST)} letters.` : undefined}
        value={text}
        onChange={(event) => {
          setText(event.target.value)
          setTooShort(false)
        }}
      />
    </Dialog>
  )
}
