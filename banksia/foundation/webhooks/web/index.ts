import { defineModule } from '@banksia/kit'
import { newWebhookPage, webhookPage, webhooksPage } from './routes'

export default defineModule({
  name: 'webhooks',
  nav: [
    {
      label: 'Webhooks',
      to: webhooksPage.href(),
      area: 'account',
      order: 92,
      kind: 'customer',
      permission: 'webhooks.endpoints.keep',
    },
  ],
  routes: [webhooksPage, newWebhookPage, webhookPage],
})
