import { useState } from 'react'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Button } from '@ag.ds-next/react/button'
import { TextInput } from '@ag.ds-next/react/text-input'
import { Dialog, ErrorPanel, formatMoney, useMay } from '@banksia/kit'
import { dishonourChequeMutation, type PayableRead } from '../api'

type Payment = PayableRead['payments'][number]

/** Record that the bank sent a cheque back: offered on a cheque that pays something. */
export function Dishonour({ payment, reference }: { payment: Payment; reference: string }) {
  const may = useMay('payments.cheques.dishonour')
  const [open, setOpen] = useState(false)
  if (!may || payment.method !== 'cheque' || !payment.applied) return null
  return (
    <>
      <Button
        size="sm"
        variant="secondary"
        onClick={() => {
          setOpen(true)
        }}
      >
        The cheque came back
      </Button>
      {open ? (
        <DishonourDialog
          payment={payment}
          reference={reference}
          onClose={() => {
            setOpen(false)
          }}
        />
      ) : null}
    </>
  )
}

interface DishonourDialogProps {
  payment: Payment
  reference: string
  onClose: () => void
}

function DishonourDialog({ payment, reference, onClose }: DishonourDialogProps) {
  const [reason, setReason] = useState('')
  const [wrong, setWrong] = useState('')
  const queryClient = useQueryClient()
  const dishonour = useMutation({
    ...dishonourChequeMutation(),
    onSuccess: async () => {
      await queryClient.invalidateQueries()
      onClose()
    },
  })
  const amount = formatMoney(payment.amount_cents)
  const send = () => {
    setWrong(reason.trim() ? '' : 'Enter the bank’s reason. It stands in the books.')
    if (reason.trim() && !dishonour.isPending)
      dishonour.mutate({ path: { payment_id: payment.id }, body: { reason: reason.trim() } })
  }
  return (
    <Dialog
      open
      title={`Cheque ${payment.reference ?? ''} over ${amount} came back`}
      onClose={onClose}
      actions={
        <>
          <Button size="sm" loading={dishonour.isPending} onClick={send}>
            {`Take back ${amount}`}
          </Button>
          <Button size="sm" variant="secondary" onClick={onClose}>
            Leave it as it is
          </Button>
        </>
      }
    >
      {dishonour.error ? <ErrorPanel title="The cheque was not taken back" error={dishonour.error} /> : null}
      <ul css={{ paddingLeft: '1.25rem', marginBottom: '1rem' }}>
        <li>{`${amount} of ${reference} is owed again.`}</li>
        <li>Work that is not finished stands still until it is paid; what is issued stays issued.</li>
        <li>It cannot be taken back. Paid again, it gets a new receipt.</li>
      </ul>
      <TextInput
        label="The bank’s reason"
        hideOptionalLabel
        block
        invalid={wrong !== ''}
        message={wrong || undefined}
        value={reason}
        onChange={(event) => {
          setReason(event.target.value)
        }}
      />
    </Dialog>
  )
}
