import { useQueryClient } from '@tanstack/react-query'
import { Form, Panel, SecretField, SubmitButton, useKitForm } from '@banksia/kit'
import { z } from 'zod'
import { saveProviderAccount, type ProviderAccountRead } from '../api'

const schema = z.object({
  secret_key: z
    .string()
    .trim()
    .regex(/^(sk|rk)_\S{9,}$/, 'Copy the secret key whole. It begins with sk_ or rk_.'),
  webhook_secret: z
    .string()
    .trim()
    .regex(/^(whsec_\S{6,})?$/, 'Copy the signing secret whole. It begins with whsec_.'),
})

/** New keys: tested at the provider before they are saved, sealed, and never shown again. */
export function ProviderKeys({ account }: { account: ProviderAccountRead }) {
  const queryClient = useQueryClient()
  const own = account.source === 'council'
  const form = useKitForm({
    schema,
    defaultValues: { secret_key: '', webhook_secret: '' },
    onSubmit: async ({ secret_key, webhook_secret }) => {
      await saveProviderAccount({
        body: { secret_key, webhook_secret: webhook_secret || null },
        throwOnError: true,
      })
      form.methods.reset()
      await queryClient.invalidateQueries()
    },
  })
  return (
    <Panel
      title={own ? 'Replace the key' : 'Use the council’s own account'}
      hint="Tested before it is saved, then sealed"
    >
      <Form form={form} label="Keys of the payment provider">
        <SecretField
          name="secret_key"
          label="Secret key"
          hint="From the provider’s developer pages. It is never shown again."
        />
        {own ? null : (
          <SecretField
            name="webhook_secret"
            label="Signing secret of the webhook"
            hint="From the provider’s page of the webhook with the address above. Without it payments settle more slowly."
            optional
          />
        )}
        <SubmitButton>Test and save the key</SubmitButton>
      </Form>
    </Panel>
  )
}
