import { useState } from 'react'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { ButtonLink } from '@ag.ds-next/react/button'
import { TextLink } from '@ag.ds-next/react/text-link'
import {
  CheckboxesField,
  CustomerPage,
  Form,
  Loaded,
  Panel,
  SecretOnce,
  SubmitButton,
  TextField,
  useKitForm,
} from '@banksia/kit'
import { listEndpointsOptions, registerEndpoint, type EndpointSecret, type WebhookTypeRead } from '../api'
import { newWebhookPage, webhookPage, webhooksPage } from '../routes'
import { endpointSchema, URL_HINT } from '../schema'

/** An address is registered, and its secret shown once. */
export default function NewWebhookPage() {
  const offered = useQuery(listEndpointsOptions())
  const [made, setMade] = useState<EndpointSecret>()
  return (
    <CustomerPage
      title={newWebhookPage.title}
      where={<TextLink href={webhooksPage.href()}>{webhooksPage.title}</TextLink>}
    >
      {made ? (
        <>
          <SecretOnce title="Copy the signing secret now" secret={made.secret} copy="Copy secret">
            <p>It is not shown again. Your server checks with it that a message comes from us.</p>
          </SecretOnce>
          <div>
            <ButtonLink href={webhookPage.href({ params: { endpointId: made.id } })} variant="secondary">
              Go to the webhook and send a test
            </ButtonLink>
          </div>
        </>
      ) : (
        <Loaded query={offered} failed="The form could not be loaded">
          {({ types }) => <NewWebhook types={types} onMade={setMade} />}
        </Loaded>
      )}
    </CustomerPage>
  )
}

function NewWebhook({
  types,
  onMade,
}: {
  types: readonly WebhookTypeRead[]
  onMade: (made: EndpointSecret) => void
}) {
  const queryClient = useQueryClient()
  const form = useKitForm({
    schema: endpointSchema,
    defaultValues: { url: '', types: types.map((type) => type.name) },
    onSubmit: async (body) => {
      const { data } = await registerEndpoint({ body, throwOnError: true })
      onMade(data)
      await queryClient.invalidateQueries({ queryKey: listEndpointsOptions().queryKey })
    },
  })
  return (
    <Panel title="New webhook">
      <Form form={form} label="New webhook">
        <TextField name="url" label="Address of your server" type="url" hint={URL_HINT} width="full" />
        <CheckboxesField
          name="types"
          label="What you want to be told"
          choices={types.map((type) => ({ value: type.name, label: type.title }))}
        />
        <SubmitButton>Register webhook</SubmitButton>
      </Form>
    </Panel>
  )
}
