import { useState } from 'react'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Button } from '@ag.ds-next/react/button'
import { Textarea } from '@ag.ds-next/react/textarea'
import { TextInput } from '@ag.ds-next/react/text-input'
import { ActionButton, Dialog, ErrorPanel, formatMoney } from '@banksia/kit'
import { resolveReviewCaseMutation, type ReviewCaseRead } from '../api'
import { resolutionWords } from './words'

export type Resolution = ReviewCaseRead['possible'][number]

/** What the button says, with the sum where money moves. */
export function resolutionLabel(found: ReviewCaseRead, resolution: Resolution): string {
  const cents = centsToRefund(found)
  if (resolution === 'refund' && cents !== null) return `Refund ${formatMoney(cents)}`
  return resolutionWords[resolution]
}

/** A refund that failed goes back once more, and no more than that; else the whole payment does. */
function centsToRefund(found: ReviewCaseRead): number | null {
  const failed = found.evidence.amount_cents
  if (found.kind === 'refund_failed' && typeof failed === 'number') return failed
  return found.payment_cents ?? found.total_cents
}

function consequence(found: ReviewCaseRead, resolution: Resolution): string {
  const amount = found.evidence.amount_cents
  const sum = typeof amount === 'number' ? formatMoney(amount) : 'It'
  switch (resolution) {
    case 'refund':
      return 'The money goes back the way it came. Above the council’s threshold another person approves it first.'
    case 'reinstate':
      return 'The payment counts, the order goes on, and its receipt is made.'
    case 'record':
      return `${sum} is written into the ledger, with its fee. Entries are never changed.`
    case 'dismiss':
      return 'No money moves, and nothing is delivered because of it.'
  }
}

interface ResolveDialogProps {
  found: ReviewCaseRead
  resolution: Resolution
  onClose: () => void
}

/** The reason, what will happen, and the button. */
export function ResolveDialog({ found, resolution, onClose }: ResolveDialogProps) {
  const [reason, setReason] = useState('')
  const [reference, setReference] = useState('')
  const [wrong, setWrong] = useState('')
  const queryClient = useQueryClient()
  const resolve = useMutation({
    ...resolveReviewCaseMutation(),
    onSuccess: async () => {
      await queryClient.invalidateQueries()
      onClose()
    },
  })
  const label = resolutionLabel(found, resolution)
  const send = () => {
    setWrong(reason.trim() ? '' : 'Enter the reason. It stands in the books.')
    if (!reason.trim() || resolve.isPending) return
    resolve.mutate({
      path: { case_id: found.id },
      body: { resolution, reason: reason.trim(), counter_reference: reference.trim() || null },
    })
  }
  return (
    <Dialog
      open
      title={label}
      onClose={onClose}
      actions={
        <>
          <ActionButton size="sm" loading={resolve.isPending} onClick={send}>
            {label}
          </ActionButton>
          <Button size="sm" variant="secondary" onClick={onClose}>
            Leave it open
          </Button>
        </>
      }
    >
      {resolve.error ? <ErrorPanel title="The case was not resolved" error={resolve.error} /> : null}
      <p css={{ marginBottom: '1rem' }}>{consequence(found, resolution)}</p>
      <Textarea
        label="Reason, for the books"
        hideOptionalLabel
        block
        rows={3}
        invalid={wrong !== ''}
        message={wrong || undefined}
        value={reason}
        onChange={(event) => {
          setReason(event.target.value)
        }}
      />
      {resolution === 'refund' && found.kind === 'refund_failed' ? (
        <TextInput
          label="How it goes back, when it was paid at the counter (optional)"
          hideOptionalLabel
          block
          value={reference}
          onChange={(event) => {
            setReference(event.target.value)
          }}
        />
      ) : null}
    </Dialog>
  )
}
