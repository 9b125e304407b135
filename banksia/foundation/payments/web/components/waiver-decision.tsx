import { useState } from 'react'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Button } from '@ag.ds-next/react/button'
import { TextInput } from '@ag.ds-next/react/text-input'
import { ActionButton, Dialog, ErrorPanel, formatMoney, useMay, useUser } from '@banksia/kit'
import { approveWaiverMutation, rejectWaiverMutation, type WaiverRead } from '../api'

/** Approve or turn down; not offered to whoever asked. */
export function WaiverDecision({ waiver }: { waiver: WaiverRead }) {
  const may = useMay('payments.waivers.approve')
  const user = useUser()
  const [rejecting, setRejecting] = useState(false)
  const queryClient = useQueryClient()
  const approve = useMutation({
    ...approveWaiverMutation(),
    onSuccess: () => queryClient.invalidateQueries(),
  })
  if (waiver.state !== 'awaiting_approval' || !may) return null
  if (waiver.requested_by === user?.id) return <p>You asked for it, so another person decides.</p>
  return (
    <div css={{ marginTop: '1rem', display: 'grid', gap: '0.75rem' }}>
      {approve.error ? <ErrorPanel title="The waiver was not approved" error={approve.error} /> : null}
      <ul css={{ paddingLeft: '1.25rem' }}>
        <li>{waiver.reference} counts as paid, and its work begins.</li>
        <li>No money comes in, and none can be refunded. The receipt is no tax invoice.</li>
        <li>It cannot be taken back.</li>
      </ul>
      <div css={{ display: 'flex', flexWrap: 'wrap', gap: '0.75rem' }}>
        <ActionButton
          size="sm"
          loading={approve.isPending}
          onClick={() => {
            approve.mutate({ path: { waiver_id: waiver.id } })
          }}
        >
          {`Waive ${formatMoney(waiver.amount_cents)}`}
        </ActionButton>
        <Button
          size="sm"
          variant="secondary"
          onClick={() => {
            setRejecting(true)
          }}
        >
          Turn down
        </Button>
      </div>
      {rejecting ? (
        <RejectDialog
          waiver={waiver}
          onClose={() => {
            setRejecting(false)
          }}
        />
      ) : null}
    </div>
  )
}

function RejectDialog({ waiver, onClose }: { waiver: WaiverRead; onClose: () => void }) {
  const [reason, setReason] = useState('')
  const queryClient = useQueryClient()
  const reject = useMutation({
    ...rejectWaiverMutation(),
    onSuccess: async () => {
      await queryClient.invalidateQueries()
      onClose()
    },
  })
  const title = `Turn down the waiver of ${formatMoney(waiver.amount_cents)}`
  return (
    <Dialog
      open
      title={title}
      onClose={onClose}
      actions={
        <>
          <ActionButton
            size="sm"
            loading={reject.isPending}
            onClick={() => {
              reject.mutate({ path: { waiver_id: waiver.id }, body: { reason: reason.trim() } })
            }}
          >
            Turn down
          </ActionButton>
          <Button size="sm" variant="secondary" onClick={onClose}>
            Leave it open
          </Button>
        </>
      }
    >
      {reject.error ? <ErrorPanel title="The waiver was not turned down" error={reject.error} /> : null}
      <TextInput
        label="Reason, for the books"
        hideOptionalLabel
        block
        value={reason}
        onChange={(event) => {
          setReason(event.target.value)
        }}
      />
    </Dialog>
  )
}
