import { type PropsWithChildren, useState } from 'react'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Button } from '@ag.ds-next/react/button'
import { Textarea } from '@ag.ds-next/react/textarea'
import { ActionButton, Dialog, ErrorPanel } from '@banksia/kit'

interface ActDialogProps {
  title: string
  /** What the words are for: `Reason, for the log`. */
  label: string
  /** A verb and its object. */
  button: string
  /** Without it nothing is sent; the sentence says what to enter. */
  needed?: string
  /** The most characters that are kept. */
  most?: number
  send: (words: string) => Promise<unknown>
  onClose: () => void
}

/** An act that needs a second thought and words for the log; its children say what will happen. */
export function ActDialog({
  title,
  label,
  button,
  needed,
  most = 200,
  send,
  onClose,
  children,
}: PropsWithChildren<ActDialogProps>) {
  const queryClient = useQueryClient()
  const [words, setWords] = useState('')
  const [wrong, setWrong] = useState<string>()
  const act = useMutation({
    // The log keeps one line.
    mutationFn: () => send(words.trim().replaceAll(/\s+/g, ' ')),
    onSuccess: async () => {
      await queryClient.invalidateQueries()
      onClose()
    },
  })
  const press = () => {
    const length = words.trim().length
    const found =
      length === 0 ? needed : length > most ? `Use ${String(most)} characters or fewer.` : undefined
    setWrong(found)
    if (!found && !act.isPending) act.mutate()
  }
  return (
    <Dialog
      open
      title={title}
      onClose={onClose}
      actions={
        <>
          <ActionButton size="sm" loading={act.isPending} onClick={press}>
            {button}
          </ActionButton>
          <Button size="sm" variant="secondary" onClick={onClose}>
            Leave it as it is
          </Button>
        </>
      }
    >
      <div css={{ display: 'grid', gap: '1rem' }}>
        {act.error ? <ErrorPanel error={act.error} /> : null}
        {children}
        <Textarea
          label={label}
          hideOptionalLabel
          required={needed !== undefined}
          block
          rows={3}
          invalid={wrong !== undefined}
          message={wrong}
          value={words}
          onChange={(event) => {
            setWords(event.target.value)
          }}
        />
      </div>
    </Dialog>
  )
}

/** What will happen, in three lines beside the button. */
export function Consequences({ lines }: { lines: readonly string[] }) {
  return (
    <ul css={{ paddingLeft: '1.25rem' }}>
      {lines.map((line) => (
        <li key={line}>{line}</li>
      ))}
    </ul>
  )
}
