import { screen, waitFor, within } from '@testing-library/react'
import { beforeEach, describe, expect, test } from 'vitest'
import { http, HttpResponse, problem, renderPage, server, signedIn, staff } from '@banksia/kit/testing'
import type { ConnectedModuleDetail, Manifest, SentDeliveryRead } from '../api'
import { moduleEventsPage, modulePage, moduleSettingsPage, modulesPage, registerPage } from '../routes'

const USER = { user: staff('connections.modules.manage', 'connections.deliveries.read') }
const AT = '*/api/connections/modules'
const NAME = { params: { name: 'bookings' } }

const MANIFEST: Manifest = {
  protocol: 1,
  id: 'bookings',
  title: 'Hall bookings',
  version: '1.2.0',
  kind: 'workflow',
  description: 'Halls, and who has them when.',
  publisher: { name: 'Shire Software', url: '', email: 'help@shire.example' },
  licence: 'Apache-2.0',
  support: { url: '', email: '' },
  requires: [{ module: 'property', version: '>=0.1', optional: false }],
  provides: [],
  permissions: [
    { name: 'bookings.bookings.manage', title: 'Manage hall bookings', roles: ['counter_clerk'] },
  ],
  routes: [
    { path: '/halls/{hall_id}', methods: ['GET'], audience: 'public', permission: null },
    { path: '/bookings', methods: ['POST'], audience: 'customer', permission: null },
  ],
  limits: { body_bytes: 1000, seconds: 10 },
  pages: {
    script: '/page.js',
    mode: 'frame',
    navigation: [
      { label: 'Book a hall', to: '/bookings/customer', area: 'customer', permission: null, group: '' },
    ],
  },
  widgets: [],
  events: { url: '/events', hears: ['payments.payment_settled'], emits: [] },
  payments: [{ kind: 'bookings.booking', title: 'Hall booking', refunds: true }],
  capabilities: ['payments.raise', 'property.search'],
  settings: {
    properties: { deposit: { type: 'integer', title: 'Deposit in dollars', default: 50 } },
  },
  data: [{ name: 'Bookings', personal: true, retention: '7 years after the booking' }],
  health: '/health',
}

const REGISTERED: ConnectedModuleDetail = {
  id: '01990000-0000-7000-8000-00000000000a',
  name: 'bookings',
  title: 'Hall bookings',
  version: '1.2.0',
  kind: 'workflow',
  description: 'Halls, and who has them when.',
  base_url: 'https://modules.example',
  state: 'registered',
  page_mode: 'frame',
  health: 'unknown',
  health_detail: '',
  checked_at: null,
  approved_at: null,
  waits_for_approval: true,
  has_settings: true,
  blocked_by: [],
  notices: [],
  needed_by: [],
  manifest: null,
  manifest_sha256: null,
  asks: MANIFEST,
  asks_sha256: 'a'.repeat(64),
  differences: [],
  unreadable: false,
  approved_by: null,
  client_id: null,
  old_webhook_secret_until: null,
}
const ENABLED: ConnectedModuleDetail = {
  ...REGISTERED,
  state: 'enabled',
  health: 'ok',
  waits_for_approval: false,
  manifest: MANIFEST,
  asks: null,
  asks_sha256: null,
  approved_at: '2026-11-28T01:00:00Z',
  approved_by: 'Priya Nair',
  client_id: 'bci_1',
}
const DELIVERY: SentDeliveryRead = {
  id: '01990000-0000-7000-8000-00000000000b',
  module: 'bookings',
  message_id: 'msg_1',
  event: 'payments.payment_settled',
  body: '{"type":"payments.payment_settled"}',
  status: 'dead',
  attempts: 9,
  created_at: '2026-11-28T01:00:00Z',
  attempted_at: '2026-11-28T01:00:05Z',
  next_attempt_at: null,
  response_status: 503,
  response_text: 'Away',
  response_milliseconds: 41,
  error: null,
}

let asked: unknown[] = []

/** What the server has of the module, and what it is asked to do with it. */
function serve(module: ConnectedModuleDetail) {
  server.use(
    http.get(AT, () => HttpResponse.json([module])),
    http.get(`${AT}/bookings`, () => HttpResponse.json(module)),
    http.post(`${AT}/bookings/:act`, async ({ params, request }) => {
      const text = await request.text()
      asked.push(text ? [params.act, JSON.parse(text)] : params.act)
      if (params.act === 'remove') return new HttpResponse(null, { status: 204 })
      const secrets = { client_secret: 'bcs_secret', webhook_secret: 'whsec_secret' }
      return HttpResponse.json({ ...ENABLED, ...secrets })
    }),
  )
}

beforeEach(() => {
  asked = []
  signedIn(USER.user)
})

describe('connecting a module', () => {
  test('an address leads to what the module asks for; what is wrong with it stands at its field', async () => {
    server.use(
      http.post(AT, async ({ request }) => {
        asked.push(await request.json())
        return asked.length === 1
          ? problem(422, 'Check it.', [{ field: 'base_url', message: 'No manifest was found there.' }])
          : HttpResponse.json(REGISTERED, { status: 201 })
      }),
    )
    const { user, location } = await renderPage(registerPage, undefined, USER)
    await user.type(await screen.findByLabelText(/Address of the module/), 'https://modules.example/bookings')
    await user.click(screen.getByRole('button', { name: 'Show what it asks for' }))
    expect(await screen.findByRole('alert')).toHaveTextContent('No manifest was found there.')
    await user.click(screen.getByRole('button', { name: 'Show what it asks for' }))
    await waitFor(() => expect(location()).toBe(modulePage.href(NAME)))
    expect(asked[1]).toEqual({ base_url: 'https://modules.example/bookings' })
  })

  test('all that it asks for is read before it is approved, and its secrets are shown once', async () => {
    serve(REGISTERED)
    const { user } = await renderPage(modulePage, modulePage.href(NAME), USER)
    const asks = await screen.findByRole('region', { name: 'What it asks for' })
    for (const words of [
      'Ask people to pay, see whether they paid, and refund',
      'Kept 7 years after the booking',
      'Personal',
      'Manage hall bookings',
      'Counter clerk',
      'Everybody, signed in or not',
      'payments.payment_settled',
      'With refunds',
      'Property, version >=0.1',
    ])
      expect(asks).toHaveTextContent(words)
    expect(screen.queryByRole('button', { name: 'Switch on' })).toBeNull()
    await user.click(screen.getByLabelText(/Within the council’s own pages/))
    serve(ENABLED)
    await user.click(screen.getByRole('button', { name: 'Approve Hall bookings' }))
    expect(await screen.findByText('bcs_secret')).toBeVisible()
    expect(screen.getByText('whsec_secret')).toBeVisible()
    expect(screen.getByText(`banksia:module:bookings:${ENABLED.id}`)).toBeVisible()
    expect(asked).toEqual([['approve', { page_mode: 'origin', manifest_sha256: 'a'.repeat(64) }]])
  })

  test('one that is not wanted is refused after a second thought', async () => {
    serve(REGISTERED)
    const { user, location } = await renderPage(modulePage, modulePage.href(NAME), USER)
    await user.click(await screen.findByRole('button', { name: 'Refuse it' }))
    await user.click(screen.getByRole('button', { name: 'Refuse module' }))
    await waitFor(() => expect(location()).toBe(modulesPage.href()))
    expect(asked).toEqual(['remove'])
  })
})

describe('a connected module', () => {
  test('stands in the list with what is wrong with it', async () => {
    serve({ ...ENABLED, health: 'failing', health_detail: 'The answer was 500 instead of 200.' })
    await renderPage(modulesPage, undefined, USER)
    expect(await screen.findByRole('link', { name: 'Hall bookings' })).toHaveAttribute(
      'href',
      modulePage.href(NAME),
    )
    expect(screen.getByText('Failing')).toBeVisible()
    expect(screen.getByText('The answer was 500 instead of 200.')).toBeVisible()
  })

  test('says in a sentence why it cannot be switched off', async () => {
    serve(ENABLED)
    server.use(
      http.post(`${AT}/bookings/disable`, () => problem(409, 'Hall bookings is needed by Events calendar.')),
    )
    const { user } = await renderPage(modulePage, modulePage.href(NAME), USER)
    await user.click(await screen.findByRole('button', { name: 'Switch off' }))
    expect(await screen.findByRole('alert')).toHaveTextContent('Hall bookings is needed by Events calendar.')
  })

  test('that needs what is not there says so', async () => {
    serve({ ...ENABLED, state: 'verified', blocked_by: ['Property is switched off.'] })
    await renderPage(modulePage, modulePage.href(NAME), USER)
    expect(await screen.findByText('Hall bookings cannot be switched on yet')).toBeVisible()
    expect(screen.getByText('Property is switched off.')).toBeVisible()
  })

  test('that asks for more shows what, the more first, and waits', async () => {
    const change = { change: 'added', before: null, name: 'notices.send', after: true } as const
    serve({
      ...ENABLED,
      waits_for_approval: true,
      asks: { ...MANIFEST, version: '2.0.0' },
      asks_sha256: 'b'.repeat(64),
      differences: [
        {
          area: 'about',
          title: 'About the module',
          name: 'version',
          change: 'changed',
          before: '1.2.0',
          after: '2.0.0',
          asks_for_more: false,
        },
        { ...change, area: 'capabilities', title: 'What it may do here', asks_for_more: true },
      ],
    })
    const { user } = await renderPage(modulePage, modulePage.href(NAME), USER)
    const changed = await screen.findByRole('region', { name: 'What changed' })
    const [first, second] = within(changed).getAllByRole('listitem')
    expect(first).toHaveTextContent(/New: asks for more.*Send email in the name of the council/)
    expect(second).toHaveTextContent(/Version.*Before: 1\.2\.0.*Now: 2\.0\.0/)
    await user.click(screen.getByRole('button', { name: 'Approve changes' }))
    await waitFor(() =>
      expect(asked).toEqual([['approve', { page_mode: 'frame', manifest_sha256: 'b'.repeat(64) }]]),
    )
  })

  test('gets new secrets after a second thought', async () => {
    serve(ENABLED)
    const { user } = await renderPage(modulePage, modulePage.href(NAME), USER)
    await user.click(await screen.findByRole('button', { name: 'Make new secrets' }))
    const dialog = await screen.findByRole('dialog')
    await user.click(within(dialog).getByRole('button', { name: 'Make new secrets' }))
    expect(await screen.findByText('bcs_secret')).toBeVisible()
    expect(asked).toEqual(['secrets'])
  })

  test('has its settings drawn from what it says of them', async () => {
    serve(ENABLED)
    server.use(
      http.get(`${AT}/bookings/settings`, () =>
        HttpResponse.json({ name: 'bookings', values: { deposit: 50 }, json_schema: MANIFEST.settings }),
      ),
      http.put(`${AT}/bookings/settings`, async ({ request }) => {
        asked.push(await request.json())
        return HttpResponse.json({
          name: 'bookings',
          values: { deposit: 80 },
          json_schema: MANIFEST.settings,
        })
      }),
    )
    const { user } = await renderPage(moduleSettingsPage, moduleSettingsPage.href(NAME), USER)
    const field = await screen.findByLabelText(/Deposit in dollars/)
    await user.clear(field)
    await user.type(field, '80')
    await user.click(screen.getByRole('button', { name: 'Save settings' }))
    await waitFor(() => expect(asked).toEqual([{ deposit: 80 }]))
  })

  test('is told again what was given up, one or all', async () => {
    serve(ENABLED)
    const statuses: (string | null)[] = []
    server.use(
      http.get('*/api/connections/deliveries', ({ request }) => {
        statuses.push(new URL(request.url).searchParams.get('status'))
        return HttpResponse.json({ results: [DELIVERY], next_cursor: null })
      }),
      http.post('*/api/connections/deliveries/:id/replay', ({ params }) => {
        asked.push(params.id)
        return HttpResponse.json({ ...DELIVERY, status: 'pending' }, { status: 202 })
      }),
      http.post('*/api/connections/deliveries/replay', async ({ request }) => {
        asked.push(await request.json())
        return HttpResponse.json({ replayed: 4 })
      }),
    )
    const href = moduleEventsPage.href({ ...NAME, search: { view: 'given_up' } })
    const { user } = await renderPage(moduleEventsPage, href, USER)
    expect(await screen.findByText(/Answered 503 in 41 ms.*Tried 9 times/)).toBeVisible()
    expect(statuses[0]).toBe('dead')
    await user.click(screen.getByRole('button', { name: /^Send again: payments.payment_settled/ }))
    await user.click(screen.getByRole('button', { name: 'Send all of them again' }))
    expect(await screen.findByText('4 events are on the way again.')).toBeVisible()
    expect(asked).toEqual([DELIVERY.id, { module: 'bookings' }])
  })
})
