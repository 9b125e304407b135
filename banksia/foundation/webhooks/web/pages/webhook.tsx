import { useQuery } from '@tanstack/react-query'
import { TextLink } from '@ag.ds-next/react/text-link'
import {
  CheckboxesField,
  CustomerPage,
  formatDayAndTime,
  Loaded,
  Notice,
  Panel,
  SaveForm,
  TextField,
  useSaveForm,
} from '@banksia/kit'
import {
  changeEndpoint,
  listEndpointsOptions,
  readEndpointOptions,
  type EndpointRead,
  type WebhookTypeRead,
} from '../api'
import { Deliveries } from '../components/deliveries'
import { EndpointStatus } from '../components/endpoint-state'
import { Running } from '../components/running'
import { webhookPage, webhooksPage } from '../routes'
import { endpointSchema, URL_HINT } from '../schema'

/** One webhook: whether it runs, what it was sent, and what it wants to be told. */
export default function WebhookPage() {
  const { endpointId } = webhookPage.useParams()
  const endpoint = useQuery(readEndpointOptions({ path: { endpoint_id: endpointId } }))
  const offered = useQuery(listEndpointsOptions())
  return (
    <CustomerPage
      title={webhookPage.title}
      where={<TextLink href={webhooksPage.href()}>{webhooksPage.title}</TextLink>}
      lead={endpoint.data ? <span css={{ overflowWrap: 'anywhere' }}>{endpoint.data.url}</span> : null}
      alert={endpoint.data ? <Trouble endpoint={endpoint.data} /> : null}
    >
      <Loaded query={endpoint} failed="The webhook could not be loaded">
        {(found) => (
          <>
            <Panel title="State" action={<EndpointStatus endpoint={found} />}>
              <Running endpoint={found} />
            </Panel>
            <Deliveries endpoint={found} />
            {offered.data ? <Settings key={found.id} endpoint={found} types={offered.data.types} /> : null}
          </>
        )}
      </Loaded>
    </CustomerPage>
  )
}

/** What needs the customer: it was switched off, or is about to be. */
function Trouble({ endpoint }: { endpoint: EndpointRead }) {
  if (endpoint.state === 'disabled') {
    return (
      <Notice tone="error" title="This webhook was switched off">
        Your server did not accept our messages for days. Mend it, then start the webhook again.
      </Notice>
    )
  }
  if (!endpoint.failing_since) return null
  return (
    <Notice tone="warning" title={`Nothing was accepted since ${formatDayAndTime(endpoint.failing_since)}`}>
      We try again and again. After 5 days we stop and email you.
    </Notice>
  )
}

function Settings({ endpoint, types }: { endpoint: EndpointRead; types: readonly WebhookTypeRead[] }) {
  const form = useSaveForm({
    schema: endpointSchema,
    defaultValues: { url: endpoint.url, types: endpoint.types },
    save: (body) => changeEndpoint({ path: { endpoint_id: endpoint.id }, body, throwOnError: true }),
  })
  return (
    <Panel title="Address and events">
      <SaveForm form={form} label="Address and events" button="Save webhook">
        <TextField name="url" label="Address of your server" type="url" hint={URL_HINT} width="full" />
        <CheckboxesField
          name="types"
          label="What you want to be told"
          choices={types.map((type) => ({ value: type.name, label: type.title }))}
        />
      </SaveForm>
    </Panel>
  )
}
