import { useState } from 'react'
import { useMutation } from '@tanstack/react-query'
import { Button } from '@ag.ds-next/react/button'
import { ActionButton, Dialog, ErrorPanel, Form, SubmitButton, TextareaField, useKitForm } from '@banksia/kit'
import { z } from 'zod'
import { askRemoval, type DocumentDetail, withdrawRemovalMutation } from '../api'
import { useRefresh } from './refresh'

/** Anyone may ask; an administrator decides, and never the one who asked. */
export function Removal({ read }: { read: DocumentDetail }) {
  const refresh = useRefresh()
  const [asking, setAsking] = useState(false)
  const withdraw = useMutation({
    ...withdrawRemovalMutation(),
    onSuccess: () => refresh('readDocument', 'readDocumentLog', 'readFileLog'),
  })
  if (read.removal_id) {
    const removalId = read.removal_id
    return (
      <div>
        <p>
          {read.removal_is_mine
            ? 'You have asked to remove this document. An administrator decides.'
            : 'Somebody has asked to remove this document. An administrator decides.'}
        </p>
        {withdraw.error ? <ErrorPanel error={withdraw.error} /> : null}
        {read.removal_is_mine ? (
          <ActionButton
            size="sm"
            variant="text"
            loading={withdraw.isPending}
            onClick={() => {
              withdraw.mutate({ path: { removal_id: removalId } })
            }}
          >
            Withdraw the request
          </ActionButton>
        ) : null}
      </div>
    )
  }
  return (
    <>
      <Button size="sm" variant="text" onClick={() => setAsking(true)}>
        Ask to remove this document
      </Button>
      {asking ? <RemovalDialog read={read} onClose={() => setAsking(false)} /> : null}
    </>
  )
}

function RemovalDialog({ read, onClose }: { read: DocumentDetail; onClose: () => void }) {
  const refresh = useRefresh()
  const form = useKitForm({
    schema: z.object({ reason: z.string().trim().min(1, 'Write why it is to be removed.').max(200) }),
    defaultValues: { reason: '' },
    onSubmit: async (body) => {
      await askRemoval({ path: { document_id: read.id }, body, throwOnError: true })
      await refresh('readDocument', 'readDocumentLog', 'readFileLog')
      onClose()
    },
  })
  return (
    <Dialog open onClose={onClose} title="Ask to remove this document">
      <Form form={form} label="Ask to remove">
        <p>
          {`An administrator, and not you, decides about “${read.title}”. Until then it stays where it is. Once approved it can be restored for 90 days.`}
        </p>
        <TextareaField name="reason" label="Why" rows={3} hint="In a sentence. It stays in the log." />
        <SubmitButton>Ask to remove</SubmitButton>
      </Form>
    </Dialog>
  )
}
