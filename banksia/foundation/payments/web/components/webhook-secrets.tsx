import { useMutation, useQueryClient } from '@tanstack/react-query'
import { ActionButton, ErrorPanel, Form, Panel, SecretField, SubmitButton, useKitForm } from '@banksia/kit'
import { z } from 'zod'
import { addWebhookSecret, endOldWebhookSecretMutation, type ProviderAccountRead } from '../api'

const schema = z.object({
  webhook_secret: z
    .string()
    .trim()
    .regex(/^whsec_\S{6,}$/, 'Copy the signing secret whole. It begins with whsec_.'),
})

const words = [
  'None is saved: the provider’s messages are refused, and payments settle more slowly.',
  'One is in use.',
  'Two are in use while one replaces the other.',
]

/** The secrets that the provider's messages are signed with: two at once while they rotate. */
export function WebhookSecrets({ account }: { account: ProviderAccountRead }) {
  const queryClient = useQueryClient()
  const end = useMutation({
    ...endOldWebhookSecretMutation(),
    onSuccess: () => queryClient.invalidateQueries(),
  })
  const form = useKitForm({
    schema,
    defaultValues: { webhook_secret: '' },
    onSubmit: async (body) => {
      await addWebhookSecret({ body, throwOnError: true })
      form.methods.reset()
      await queryClient.invalidateQueries()
    },
  })
  return (
    <Panel title="Signing secrets of the webhook">
      <p css={{ marginBottom: '1rem' }}>{words[account.webhook_secrets]}</p>
      {end.error ? <ErrorPanel title="The old secret was not ended" error={end.error} /> : null}
      {account.webhook_secrets === 2 ? (
        <div css={{ marginBottom: '1rem' }}>
          <ActionButton
            size="sm"
            variant="secondary"
            loading={end.isPending}
            onClick={() => {
              end.mutate({})
            }}
          >
            End the old secret
          </ActionButton>
        </div>
      ) : null}
      <Form form={form} label="Signing secrets">
        <SecretField
          name="webhook_secret"
          label="New signing secret"
          hint="The one in use stays valid until you end it."
        />
        <SubmitButton>Take it into use</SubmitButton>
      </Form>
    </Panel>
  )
}
