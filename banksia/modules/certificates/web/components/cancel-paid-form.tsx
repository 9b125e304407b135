import { useQueryClient } from '@tanstack/react-query'
import { Button } from '@ag.ds-next/react/button'
import {
  CheckboxField,
  Form,
  formatMoney,
  Panel,
  SubmitButton,
  TextareaField,
  TextField,
  useKitForm,
} from '@banksia/kit'
import { z } from 'zod'
import { cancelPaidOrder, readOrderOptions, type CancellationRead, type OrderRead } from '../api'

const schema = z.object({
  reason: z.string().trim().min(5, 'Say why, in at least five letters. The customer reads it.').max(2000),
  waive_fee: z.boolean(),
  counter_reference: z.string().trim().max(200),
})

interface CancelFormProps {
  order: OrderRead
  terms: CancellationRead
  onClose: () => void
}

/** Why a paid order is taken back, and what comes back. */
export default function CancelForm({ order, terms, onClose }: CancelFormProps) {
  const queryClient = useQueryClient()
  const options = readOrderOptions({ path: { order_id: order.id } })
  const form = useKitForm({
    schema,
    defaultValues: { reason: '', waive_fee: false, counter_reference: '' },
    onSubmit: async ({ reason, waive_fee, counter_reference }) => {
      const { data } = await cancelPaidOrder({
        path: { order_id: order.id },
        body: {
          reason,
          waive_fee,
          seen_refund_cents: terms.refund_cents + (waive_fee ? terms.kept_cents : 0),
          counter_reference: counter_reference || null,
        },
        throwOnError: true,
      }).catch(async (error: unknown) => {
        await queryClient.invalidateQueries(options)
        throw error
      })
      queryClient.setQueryData(options.queryKey, data)
    },
  })
  const waived = form.methods.watch('waive_fee')
  const refund = terms.refund_cents + (waived ? terms.kept_cents : 0)
  return (
    <Panel title="Cancel and refund">
      <Form form={form} label="Cancel and refund">
        <ul css={{ paddingLeft: '1.25rem' }}>
          <li>Every certificate of the order stops; none is issued.</li>
          <li>{formatMoney(refund)} goes back the way it was paid. A large sum waits for a second person.</li>
        </ul>
        <TextareaField name="reason" label="Reason" hint="The customer reads it." rows={3} />
        {terms.kept_cents > 0 ? (
          <CheckboxField name="waive_fee" label="Handling fee">
            {`Do not keep the handling fee of ${formatMoney(terms.kept_cents)}`}
          </CheckboxField>
        ) : null}
        {terms.at_counter ? (
          <TextField
            name="counter_reference"
            label="How it goes back"
            hint="It was paid at the counter: the terminal’s reference, the cheque’s number, or cash."
          />
        ) : null}
        <SubmitButton
          size="sm"
          beside={
            <Button size="sm" variant="secondary" onClick={onClose}>
              Keep the order
            </Button>
          }
        >
          {refund > 0 ? `Cancel and refund ${formatMoney(refund)}` : 'Cancel without a refund'}
        </SubmitButton>
      </Form>
    </Panel>
  )
}
