import { useQueryClient } from '@tanstack/react-query'
import {
  DecisionPanel,
  Form,
  formatMoney,
  MoneyField,
  RadioField,
  SubmitButton,
  TextField,
  useKitForm,
  useMay,
} from '@banksia/kit'
import { z } from 'zod'
import { receiveAccountPayment, type FirmAccountRead } from '../api'

const schema = z.object({
  method: z.enum(['transfer', 'cash', 'eftpos', 'cheque'], 'Choose how it was paid.'),
  amount_cents: z.number('Enter an amount, such as 69.00.').int().min(1, 'Enter an amount above $0.00.'),
  reference: z.string().trim().max(200),
  drawer: z.string().trim().max(200),
})

const references = {
  transfer: 'What the bank’s statement says',
  cash: '',
  eftpos: 'The terminal’s reference',
  cheque: 'The cheque’s number',
} as const

interface AccountPaymentFormProps {
  account: FirmAccountRead
  /** What was recorded, in words. */
  onDone: (words: string) => void
}

/** Money towards the account, with the balance that the person sees: a second press records nothing. */
export function AccountPaymentForm({ account, onDone }: AccountPaymentFormProps) {
  const may = useMay('payments.counter.take')
  const queryClient = useQueryClient()
  const form = useKitForm({
    schema,
    defaultValues: {
      method: 'transfer' as const,
      amount_cents: Math.max(account.balance_cents, 0),
      reference: '',
      drawer: '',
    },
    onSubmit: async ({ method, amount_cents, reference, drawer }) => {
      const body = {
        method,
        amount_cents,
        reference: method === 'cash' ? null : reference || null,
        drawer: method === 'cheque' ? drawer || null : null,
        seen_balance_cents: account.balance_cents,
      }
      await receiveAccountPayment({ path: { account_id: account.id }, body, throwOnError: true })
      onDone(`${formatMoney(amount_cents)} is recorded, and its receipt is being made.`)
      await queryClient.invalidateQueries()
    },
  })
  const method = form.methods.watch('method')
  const amount = form.methods.watch('amount_cents')
  if (!may) return null
  const valid = Number.isInteger(amount) && amount > 0
  return (
    <DecisionPanel title="Record a payment">
      <Form form={form} label="Record a payment" gap="1rem">
        <RadioField
          name="method"
          label="How it was paid"
          choices={[
            { value: 'transfer', label: 'Bank transfer' },
            { value: 'cash', label: 'Cash' },
            { value: 'eftpos', label: 'EFTPOS' },
            { value: 'cheque', label: 'Cheque' },
          ]}
        />
        <MoneyField name="amount_cents" label="Amount" />
        {method === 'cash' ? null : <TextField name="reference" label={references[method]} width="full" />}
        {method === 'cheque' ? <TextField name="drawer" label="Whose cheque it is" width="full" /> : null}
        <ul css={{ paddingLeft: '1.25rem' }}>
          <li>
            {valid
              ? `The account then owes ${formatMoney(account.balance_cents - amount)}.`
              : 'The account owes less by what you enter.'}
          </li>
          <li>A receipt with the next number is issued{account.email ? ' and mailed' : ''}.</li>
          <li>It cannot be taken back.</li>
        </ul>
        <SubmitButton>{valid ? `Record ${formatMoney(amount)}` : 'Record payment'}</SubmitButton>
      </Form>
    </DecisionPanel>
  )
}
