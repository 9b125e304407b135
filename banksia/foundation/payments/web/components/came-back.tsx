import { useState } from 'react'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Button } from '@ag.ds-next/react/button'
import { TextInput } from '@ag.ds-next/react/text-input'
import { ActionButton, Dialog, ErrorPanel, formatMoney, useMay } from '@banksia/kit'

interface CameBackProps {
  payment: { method: string; reference: string | null; amount_cents: number }
  /** Whether the cheque still pays something. */
  holds: boolean
  /** What will happen, line by line. */
  consequences: readonly string[]
  /** Record it, with the bank's reason. */
  send: (reason: string) => Promise<unknown>
}

/** Record that the bank sent a cheque back: offered on a cheque that pays something. */
export function CameBack({ payment, holds, consequences, send }: CameBackProps) {
  const may = useMay('payments.cheques.dishonour')
  const [open, setOpen] = useState(false)
  if (!may || payment.method !== 'cheque' || !holds) return null
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
        <CameBackDialog
          payment={payment}
          consequences={consequences}
          send={send}
          onClose={() => {
            setOpen(false)
          }}
        />
      ) : null}
    </>
  )
}

function CameBackDialog({
  payment,
  consequences,
  send,
  onClose,
}: Omit<CameBackProps, 'holds'> & { onClose: () => void }) {
  const [reason, setReason] = useState('')
  const [wrong, setWrong] = useState('')
  const queryClient = useQueryClient()
  const dishonour = useMutation({
    mutationFn: send,
    onSuccess: async () => {
      await queryClient.invalidateQueries()
      onClose()
    },
  })
  const amount = formatMoney(payment.amount_cents)
  const press = () => {
    setWrong(reason.trim() ? '' : 'Enter the bank’s reason. It stands in the books.')
    if (reason.trim() && !dishonour.isPending) dishonour.mutate(reason.trim())
  }
  return (
    <Dialog
      open
      title={`Cheque ${payment.reference ?? ''} over ${amount} came back`}
      onClose={onClose}
      actions={
        <>
          <ActionButton size="sm" loading={dishonour.isPending} onClick={press}>
            {`Take back ${amount}`}
          </ActionButton>
          <Button size="sm" variant="secondary" onClick={onClose}>
            Leave it as it is
          </Button>
        </>
      }
    >
      {dishonour.error ? <ErrorPanel title="The cheque was not taken back" error={dishonour.error} /> : null}
      <ul css={{ paddingLeft: '1.25rem', marginBottom: '1rem' }}>
        {consequences.map((each) => (
          <li key={each}>{each}</li>
        ))}
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
