import { useState } from 'react'
import { useQueryClient } from '@tanstack/react-query'
import {
  DecisionPanel,
  Form,
  formatMoney,
  MoneyField,
  Notice,
  RadioField,
  SubmitButton,
  TextField,
  useKitForm,
  useMay,
} from '@banksia/kit'
import { useWatch } from 'react-hook-form'
import { z } from 'zod'
import { refundPayable, type PayableRead } from '../api'

const BY_CARD = ['card', 'online']
const NOT_MONEY = ['account', 'waiver', ...BY_CARD]
const cents = z.number('Enter an amount, such as 69.00.').int().min(0)
const schema = z
  .object({
    how: z.enum(['all', 'amount', 'lines']),
    amount_cents: cents.optional().catch(undefined),
    lines: z.array(cents),
    reason: z.string().trim().min(1, 'Enter the reason. It stands in the books.').max(200),
    counter_reference: z.string().trim().max(200),
  })
  .superRefine((values, context) => {
    if (values.how === 'amount' && !values.amount_cents)
      context.addIssue({ code: 'custom', path: ['amount_cents'], message: 'Enter the amount to refund.' })
    if (values.how === 'lines' && !values.lines.some((each) => each > 0))
      context.addIssue({
        code: 'custom',
        path: ['lines', 0],
        message: 'Enter what goes back of at least one line.',
      })
  })

type Values = z.infer<typeof schema>

/** What goes back with these values, in cents. */
export function refundSum(values: Pick<Values, 'how' | 'amount_cents' | 'lines'>, leftCents: number): number {
  if (values.how === 'all') return leftCents
  if (values.how === 'amount') return Number.isInteger(values.amount_cents) ? (values.amount_cents ?? 0) : 0
  return values.lines.reduce((sum, each) => sum + (Number.isInteger(each) ? each : 0), 0)
}

/** All that is left goes back, or a part; the sum on the button is the one that is sent. */
export function RefundForm({ payable }: { payable: PayableRead }) {
  const may = useMay('payments.refunds.request')
  if (!may || payable.refundable_cents === 0) return null
  if (payable.disputed)
    return (
      <Notice tone="warning" title="Nothing can be refunded now">
        The payer’s bank is deciding about this payment. Refunded as well, the money would go back twice.
      </Notice>
    )
  // What can be refunded has changed: begin anew, so that no old sum is sent.
  return <Refund key={payable.refundable_cents} payable={payable} />
}

function Refund({ payable }: { payable: PayableRead }) {
  const queryClient = useQueryClient()
  const [seen] = useState(payable.refundable_cents)
  const atCounter = payable.payments.some(({ applied, method }) => applied && !NOT_MONEY.includes(method))
  const form = useKitForm<Values, Values>({
    schema,
    defaultValues: {
      how: 'all',
      amount_cents: undefined,
      lines: payable.lines.map(() => 0),
      reason: '',
      counter_reference: '',
    },
    onSubmit: async (values) => {
      const body = {
        reason: values.reason,
        seen_available_cents: seen,
        counter_reference: values.counter_reference || null,
        amount_cents: values.how === 'amount' ? (values.amount_cents ?? null) : null,
        lines:
          values.how === 'lines'
            ? payable.lines
                .map((line, index) => ({ payable_line_id: line.id, amount_cents: values.lines[index] ?? 0 }))
                .filter(({ amount_cents }) => amount_cents > 0)
            : [],
      }
      await refundPayable({ path: { payable_id: payable.id }, body, throwOnError: true })
      await queryClient.invalidateQueries()
    },
  })
  const [how, amount, lines] = useWatch({
    control: form.methods.control,
    name: ['how', 'amount_cents', 'lines'],
  })
  const sum = refundSum({ how, amount_cents: amount, lines }, payable.refundable_cents)
  return (
    <DecisionPanel title="Refund">
      <Form form={form} label="Refund">
        <RadioField
          name="how"
          label="How much"
          choices={[
            { value: 'all', label: `All that is left, ${formatMoney(payable.refundable_cents)}` },
            { value: 'amount', label: 'An amount', detail: 'Shared out over the lines in proportion.' },
            { value: 'lines', label: 'Of certain lines' },
          ]}
        />
        {how === 'amount' ? (
          <MoneyField
            name="amount_cents"
            label="Amount"
            hint={`At most ${formatMoney(payable.refundable_cents)}.`}
          />
        ) : null}
        {how === 'lines'
          ? payable.lines.map((line, index) => (
              <MoneyField
                key={line.id}
                name={`lines.${String(index)}`}
                label={line.description}
                hint={`${formatMoney(line.refundable_cents)} of ${formatMoney(line.amount_cents)} left.`}
              />
            ))
          : null}
        <TextField name="reason" label="Reason" width="full" />
        {atCounter ? (
          <TextField
            name="counter_reference"
            label="How it goes back"
            hint="The terminal’s reference, the cheque’s number, or cash."
            width="full"
          />
        ) : null}
        <Consequences payable={payable} sum={sum} />
        <SubmitButton>{`Refund ${formatMoney(sum)}`}</SubmitButton>
      </Form>
    </DecisionPanel>
  )
}

/** What will happen, in three lines beside the button. */
function Consequences({ payable, sum }: { payable: PayableRead; sum: number }) {
  const second = sum >= payable.second_person_from_cents
  return (
    <ul css={{ paddingLeft: '1.25rem' }}>
      <li>{`${formatMoney(sum)} goes back to ${payable.payer_name || 'the payer'}, the way it came.`}</li>
      <li>
        {second
          ? `Another person has to approve it first: from ${formatMoney(payable.second_person_from_cents)} a second person is needed.`
          : 'It is sent at once; nobody else has to approve it.'}
      </li>
      <li>It cannot be taken back.</li>
    </ul>
  )
}
