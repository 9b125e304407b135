import { useQueryClient } from '@tanstack/react-query'
import { DecisionPanel, Form, formatMoney, SubmitButton, TextField, useKitForm, useMay } from '@banksia/kit'
import { z } from 'zod'
import { refundPayable, type PayableRead } from '../api'

const schema = z.object({
  reason: z.string().trim().min(1, 'Enter the reason. It stands in the books.').max(200),
  counter_reference: z.string().trim().max(200),
})

/** All that is left goes back; the sum on the button is the one that is sent. */
export function RefundForm({ payable }: { payable: PayableRead }) {
  const may = useMay('payments.refunds.request')
  const queryClient = useQueryClient()
  const atCounter = payable.payments.some(
    ({ applied, method }) => applied && method !== 'card' && method !== 'online',
  )
  const form = useKitForm({
    schema,
    defaultValues: { reason: '', counter_reference: '' },
    onSubmit: async ({ reason, counter_reference }) => {
      const body = {
        reason,
        seen_available_cents: payable.refundable_cents,
        counter_reference: counter_reference || null,
      }
      await refundPayable({ path: { payable_id: payable.id }, body, throwOnError: true })
      await queryClient.invalidateQueries()
    },
  })
  if (!may || payable.refundable_cents === 0) return null
  return (
    <DecisionPanel title="Refund">
      <ul css={{ paddingLeft: '1.25rem', marginBottom: '1rem' }}>
        <li>
          {formatMoney(payable.refundable_cents)} goes back to {payable.payer_name}, the way it came.
        </li>
        <li>Above the council’s threshold another person approves it first.</li>
        <li>It cannot be taken back.</li>
      </ul>
      <Form form={form} label="Refund">
        <TextField name="reason" label="Reason" width="full" />
        {atCounter ? (
          <TextField
            name="counter_reference"
            label="How it goes back"
            hint="The terminal’s reference, the cheque’s number, or cash."
            width="full"
          />
        ) : null}
        <SubmitButton>{`Refund ${formatMoney(payable.refundable_cents)}`}</SubmitButton>
      </Form>
    </DecisionPanel>
  )
}
