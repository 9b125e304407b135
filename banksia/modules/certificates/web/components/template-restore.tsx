import { useState } from 'react'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Button } from '@ag.ds-next/react/button'
import { Textarea } from '@ag.ds-next/react/textarea'
import { ActionButton, Dialog, ErrorPanel } from '@banksia/kit'
import { readTemplateOptions, restoreTemplateMutation } from '../api'
import { versionWords } from './template-views'

interface TemplateRestoreProps {
  code: string
  number: number
  onDone: () => void
}

/** Bringing an older text back as a new version; a draft stays as it is. */
export function TemplateRestore({ code, number, onDone }: TemplateRestoreProps) {
  const queryClient = useQueryClient()
  const [reason, setReason] = useState('')
  const [asked, setAsked] = useState(false)
  const restore = useMutation({
    ...restoreTemplateMutation(),
    onSuccess: async (template) => {
      queryClient.setQueryData(readTemplateOptions({ path: { code } }).queryKey, template)
      onDone()
      await queryClient.invalidateQueries()
    },
  })
  const missing = asked && reason.trim().length < 5
  return (
    <Dialog
      open
      onClose={onDone}
      title={`Publish the text of ${versionWords(number)} again?`}
      actions={
        <>
          <ActionButton
            loading={restore.isPending}
            onClick={() => {
              setAsked(true)
              if (reason.trim().length >= 5) restore.mutate({ path: { code, number }, body: { reason } })
            }}
          >
            Publish it again
          </ActionButton>
          <Button variant="secondary" onClick={onDone}>
            Leave it
          </Button>
        </>
      }
    >
      <div css={{ display: 'grid', gap: '1rem' }}>
        {restore.error ? <ErrorPanel title="It was not published" error={restore.error} /> : null}
        <p>
          It becomes a new version. Certificates with a saved draft keep the template that they have, and the
          others take this one. A draft of this template stays as it is.
        </p>
        <Textarea
          label="Why it comes back"
          required
          hideOptionalLabel
          block
          rows={2}
          value={reason}
          invalid={missing}
          message={missing ? 'Write why the older text comes back, in a few words.' : undefined}
          onChange={(event) => {
            setReason(event.target.value)
          }}
        />
      </div>
    </Dialog>
  )
}
