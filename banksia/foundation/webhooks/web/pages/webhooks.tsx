import { useQuery } from '@tanstack/react-query'
import { ButtonLink } from '@ag.ds-next/react/button'
import { TextLink } from '@ag.ds-next/react/text-link'
import { CustomerPage, EmptyState, Loaded, Panel, RowList } from '@banksia/kit'
import { listEndpointsOptions } from '../api'
import { EndpointStatus } from '../components/endpoint-state'
import { newWebhookPage, webhookPage, webhooksPage } from '../routes'

/** Where a customer's software is told what happens to its orders. */
export default function WebhooksPage() {
  const endpoints = useQuery(listEndpointsOptions())
  return (
    <CustomerPage
      title={webhooksPage.title}
      lead="We tell your server as soon as something happens to an order, so that your software need not ask."
      actions={
        <ButtonLink size="sm" href={newWebhookPage.href()}>
          Register a webhook
        </ButtonLink>
      }
    >
      <Loaded query={endpoints} failed="Your webhooks could not be loaded">
        {(found) => (
          <Panel title="Your webhooks" flush>
            {found.endpoints.length > 0 ? (
              <RowList
                inset
                stack
                rows={found.endpoints.map((endpoint) => ({
                  key: endpoint.id,
                  title: (
                    <TextLink
                      href={webhookPage.href({ params: { endpointId: endpoint.id } })}
                      css={{ overflowWrap: 'anywhere' }}
                    >
                      {endpoint.url}
                    </TextLink>
                  ),
                  detail: eventsInWords(endpoint.types.length, found.types.length),
                  end: <EndpointStatus endpoint={endpoint} />,
                }))}
              />
            ) : (
              <EmptyState>You have no webhooks. Register the address of your server to be told.</EmptyState>
            )}
          </Panel>
        )}
      </Loaded>
    </CustomerPage>
  )
}

function eventsInWords(chosen: number, all: number): string {
  return chosen >= all ? 'Every event' : `${String(chosen)} of ${String(all)} events`
}
