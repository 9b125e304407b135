import { screen, waitFor } from '@testing-library/react'
import { beforeEach, expect, test } from 'vitest'
import { customer, http, HttpResponse, problem, renderPage, server } from '@banksia/kit/testing'
import type { DeliveryRead, EndpointRead } from '../api'
import { newWebhookPage, webhookPage, webhooksPage } from '../routes'

const USER = { user: customer('webhooks.endpoints.keep') }
const TYPES = [
  { name: 'certificates.order.paid', title: 'An order is paid' },
  { name: 'certificates.order.placed', title: 'An order is placed' },
]
const ENDPOINT: EndpointRead = {
  id: '01990000-0000-7000-8000-00000000000a',
  url: 'https://practice.example.com/hooks',
  types: ['certificates.order.paid'],
  state: 'active',
  failing_since: null,
  disabled_at: null,
  old_secret_until: null,
  created_at: '2026-11-28T01:00:00Z',
}
const DELIVERY: DeliveryRead = {
  id: '01990000-0000-7000-8000-00000000000b',
  message_id: 'msg_01990000',
  type: 'certificates.order.paid',
  body: '{"type":"certificates.order.paid"}',
  status: 'pending',
  attempts: 2,
  created_at: '2026-11-28T01:00:00Z',
  attempted_at: '2026-11-28T01:00:05Z',
  next_attempt_at: '2026-11-28T01:05:00Z',
  response_status: 503,
  response_text: 'Database is away',
  response_milliseconds: 41,
  error: null,
}
const AT = '*/api/webhooks/endpoints'
const HREF = webhookPage.href({ params: { endpointId: ENDPOINT.id } })
const asked: unknown[] = []

/** What the server has, and what it is asked. */
function serve(endpoint: EndpointRead) {
  server.use(
    http.get(AT, () => HttpResponse.json({ endpoints: [endpoint], types: TYPES })),
    http.get(`${AT}/:id`, () => HttpResponse.json(endpoint)),
    http.get(`${AT}/:id/deliveries`, () => HttpResponse.json({ results: [DELIVERY], next_cursor: null })),
    http.post(`${AT}/:id/*`, ({ request }) => {
      asked.push(new URL(request.url).pathname.split('/').slice(5).join('/'))
      return HttpResponse.json({ ...endpoint, ...DELIVERY, secret: 'whsec_new' }, { status: 202 })
    }),
    http.patch(`${AT}/:id`, async ({ request }) => {
      asked.push(await request.json())
      return HttpResponse.json(endpoint)
    }),
  )
}

beforeEach(() => {
  asked.length = 0
})

test('a webhook is registered for every event and its secret shown once', async () => {
  serve(ENDPOINT)
  server.use(
    http.post(AT, async ({ request }) => {
      asked.push(await request.json())
      return asked.length === 1
        ? problem(422, 'Check it.', [{ field: 'url', message: 'The address must begin with https://.' }])
        : HttpResponse.json({ ...ENDPOINT, secret: 'whsec_first' }, { status: 201 })
    }),
  )
  const { user } = await renderPage(newWebhookPage, undefined, USER)
  await user.type(await screen.findByLabelText(/Address of your server/), ENDPOINT.url)
  await user.click(screen.getByRole('button', { name: 'Register webhook' }))
  expect(await screen.findByRole('alert')).toHaveTextContent('The address must begin with https://.')
  await user.click(screen.getByRole('button', { name: 'Register webhook' }))
  expect(await screen.findByText('whsec_first')).toBeVisible()
  expect(asked[1]).toEqual({ url: ENDPOINT.url, types: TYPES.map((type) => type.name) })
})

test('the list says which run', async () => {
  serve({ ...ENDPOINT, failing_since: '2026-11-27T01:00:00Z' })
  await renderPage(webhooksPage, undefined, USER)
  expect(await screen.findByRole('link', { name: ENDPOINT.url })).toHaveAttribute('href', HREF)
  expect(screen.getByText('1 of 2 events')).toBeVisible()
  expect(screen.getByText('Failing')).toBeVisible()
})

test('a delivery says what was answered, and is sent again', async () => {
  serve(ENDPOINT)
  const { user } = await renderPage(webhookPage, HREF, USER)
  expect(await screen.findByText(/Answered 503 in 41 ms.*Tried 2 times.*Next try/)).toBeVisible()
  expect(screen.getByText('Database is away')).toBeInTheDocument()
  await user.click(screen.getByRole('button', { name: /^Send again: certificates.order.paid of / }))
  await waitFor(() => expect(asked).toEqual([`deliveries/${DELIVERY.id}/redeliver`]))
})

test('a webhook is tested, paused, and gets a new secret', async () => {
  serve(ENDPOINT)
  const { user } = await renderPage(webhookPage, HREF, USER)
  await user.click(await screen.findByRole('button', { name: 'Send a test event' }))
  expect(await screen.findByText(/The test is on its way/)).toBeVisible()
  await user.click(screen.getByRole('button', { name: 'Make a new secret' }))
  expect(await screen.findByText('whsec_new')).toBeVisible()
  await user.click(screen.getByRole('button', { name: 'Pause' }))
  await waitFor(() => expect(asked).toEqual(['test', 'rotate-secret', { paused: true }]))
})

test('one that was switched off says so and is started again', async () => {
  serve({ ...ENDPOINT, state: 'disabled', disabled_at: '2026-11-28T01:00:00Z' })
  const { user } = await renderPage(webhookPage, HREF, USER)
  expect(await screen.findByText('This webhook was switched off')).toBeVisible()
  expect(screen.queryByRole('button', { name: 'Send a test event' })).toBeNull()
  await user.click(screen.getByRole('button', { name: 'Start again' }))
  await waitFor(() => expect(asked).toEqual([{ paused: false }]))
})

test('a double click makes one new secret and sends a delivery again once', async () => {
  serve(ENDPOINT)
  server.use(
    http.post(`${AT}/:id/*`, async ({ request }) => {
      asked.push(new URL(request.url).pathname.split('/').at(-1))
      await new Promise((resolve) => setTimeout(resolve, 100))
      return HttpResponse.json({ ...ENDPOINT, ...DELIVERY, secret: 'whsec_new' }, { status: 202 })
    }),
  )
  const { user } = await renderPage(webhookPage, HREF, USER)
  await user.dblClick(await screen.findByRole('button', { name: 'Make a new secret' }))
  expect(await screen.findByText('whsec_new')).toBeVisible()
  await user.dblClick(await screen.findByRole('button', { name: /^Send again: / }))
  await waitFor(() => expect(asked).toEqual(['rotate-secret', 'redeliver']))
})
