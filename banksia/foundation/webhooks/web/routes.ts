import { pagesOf } from '@banksia/kit'

const page = pagesOf('webhooks')
const options = { signIn: true, permission: 'webhooks.endpoints.keep' } as const

export const webhooksPage = page('customer', {
  ...options,
  title: 'Webhooks',
  lazy: () => import('./pages/webhooks'),
})

export const newWebhookPage = page('customer/new', {
  ...options,
  title: 'Register a webhook',
  lazy: () => import('./pages/new-webhook'),
})

export const webhookPage = page('customer/$endpointId', {
  ...options,
  title: 'Webhook',
  lazy: () => import('./pages/webhook'),
})
