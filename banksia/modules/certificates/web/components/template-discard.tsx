import { useState } from 'react'
import { useMutation } from '@tanstack/react-query'
import { Button } from '@ag.ds-next/react/button'
import { ActionButton, Dialog, ErrorPanel, slimButtons } from '@banksia/kit'
import { discardTemplateMutation, type TemplateRead } from '../api'

interface TemplateDiscardProps {
  template: TemplateRead
  onDiscarded: (template: TemplateRead) => void
}

/** Giving a draft up, after a second thought: nothing else keeps it. */
export function TemplateDiscard({ template, onDiscarded }: TemplateDiscardProps) {
  const [open, setOpen] = useState(false)
  const discard = useMutation({
    ...discardTemplateMutation(),
    onSuccess: (next) => {
      setOpen(false)
      onDiscarded(next)
    },
  })
  return (
    <p css={slimButtons}>
      <Button
        size="sm"
        variant="text"
        onClick={() => {
          setOpen(true)
        }}
      >
        Give up this draft
      </Button>
      <Dialog
        open={open}
        onClose={() => {
          setOpen(false)
        }}
        title="Give up this draft?"
        actions={
          <>
            <ActionButton
              loading={discard.isPending}
              onClick={() => {
                discard.mutate({ path: { code: template.code }, query: { version: template.version } })
              }}
            >
              Give up the draft
            </ActionButton>
            <Button
              variant="secondary"
              onClick={() => {
                setOpen(false)
              }}
            >
              Keep it
            </Button>
          </>
        }
      >
        {discard.error ? <ErrorPanel title="The draft is still there" error={discard.error} /> : null}
        <p>What was typed since the last version was published is gone for good. What is published stays.</p>
      </Dialog>
    </p>
  )
}
