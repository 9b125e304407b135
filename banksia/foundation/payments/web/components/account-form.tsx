import { useQueryClient } from '@tanstack/react-query'
import {
  Form,
  MoneyField,
  SubmitButton,
  TextareaField,
  TextField,
  useKitForm,
  useNavigateTo,
} from '@banksia/kit'
import { z } from 'zod'
import { openAccount, updateAccount, type FirmAccountRead } from '../api'
import { accountPage } from '../finance-routes'

const schema = z.object({
  code: z.string().trim().min(1, 'Enter the debtor number.').max(40),
  name: z.string().trim().min(1, 'Enter what the firm is called.').max(200),
  email: z.union([z.literal(''), z.email('Enter an email address, such as accounts@firm.example.')]),
  postal_address: z.string().trim().max(5000),
  credit_limit_cents: z.number('Enter an amount, such as 2000.').int().min(0),
  terms_days: z.coerce
    .number('Enter a number of days.')
    .int('Enter whole days.')
    .min(0, 'Enter 0 or more days.')
    .max(365, 'Enter at most 365 days.'),
})

/** What is known of a firm: for a new account, or one that is there. */
export function AccountForm({ account }: { account?: FirmAccountRead }) {
  const queryClient = useQueryClient()
  const navigate = useNavigateTo()
  const form = useKitForm({
    schema,
    defaultValues: {
      code: account?.code ?? '',
      name: account?.name ?? '',
      email: account?.email ?? '',
      postal_address: account?.postal_address ?? '',
      credit_limit_cents: account?.credit_limit_cents ?? 0,
      terms_days: account?.terms_days ?? 30,
    },
    onSubmit: async (typed) => {
      const body = {
        ...typed,
        email: typed.email || null,
        postal_address: typed.postal_address || null,
      }
      const { data } = account
        ? await updateAccount({ path: { account_id: account.id }, body, throwOnError: true })
        : await openAccount({ body, throwOnError: true })
      await queryClient.invalidateQueries()
      navigate(accountPage.href({ params: { accountId: data.id } }))
    },
  })
  return (
    <Form form={form} label={account ? `Change ${account.name}` : 'New account'}>
      <TextField
        name="code"
        label="Code"
        hint="What the finance system calls the firm: a debtor number."
        width="md"
      />
      <TextField name="name" label="Name" />
      <TextField name="email" label="Email" hint="Receipts and statements go here." type="email" optional />
      <TextareaField name="postal_address" label="Postal address" rows={3} optional />
      <MoneyField
        name="credit_limit_cents"
        label="Credit limit"
        hint="How much it may owe at one time, in dollars."
      />
      <TextField
        name="terms_days"
        label="Terms"
        hint="Days after a purchase until it is overdue."
        inputMode="numeric"
        width="sm"
      />
      <SubmitButton>{account ? 'Save account' : 'Open account'}</SubmitButton>
    </Form>
  )
}
