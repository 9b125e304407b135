import { screen, waitFor, within } from '@testing-library/react'
import { describe, expect, test } from 'vitest'
import { http, HttpResponse, problem, renderPage, server, setWidth, staff } from '@banksia/kit/testing'
import type { BatchRead, PreviewedLine, QueueCounts, QueueLineRead, RulesRead, ShareRead } from '../api'
import { queuePage, straightThroughPage } from '../staff-routes'

const FIRST = '01990000-0000-7000-8000-000000000201'
const SECOND = '01990000-0000-7000-8000-000000000202'
const BATCH = '01990000-0000-7000-8000-000000000203'

const read: RulesRead = {
  rules: {
    products: [],
    age_days: 30,
    ages: [],
    flags: [],
    look_at_hand_written: true,
    sample_percent: 5,
    most_an_hour: 60,
    pauses: [],
  },
  version: 3,
  changed_at: '2026-11-24T23:42:00Z',
  changed_by_name: 'Jack Lindqvist',
  products: [
    {
      code: '603',
      title: '603 certificate',
      needs_check: false,
      attributes: ['rates_balance'],
      unanswered: [],
    },
    { code: '735A', title: 'Notices', needs_check: false, attributes: [], unanswered: ['Notices', 'Orders'] },
    { code: 'orders', title: 'Orders', needs_check: true, attributes: [], unanswered: [] },
  ],
  attributes: [{ code: 'rates_balance', title: 'Rates balance', values: [] }],
}
const share: ShareRead = {
  from_on: '2026-10-30',
  until_on: '2026-11-28',
  paid_count: 40,
  decided_count: 20,
  issued_count: 12,
  reasons: [{ code: 'stale', title: 'An answer was too old', count: 8 }],
  median_minutes: 0.2,
  promised_days: 36,
  products: [],
}

describe('the rules for issuing without an officer', () => {
  test('are saved whole, upon the version that was read, and a refusal lands on its field', async () => {
    const sent: unknown[] = []
    server.use(
      http.get('*/straight-through/rules', () => HttpResponse.json(read)),
      http.get('*/straight-through/share', () => HttpResponse.json(share)),
      http.put('*/straight-through/rules', async ({ request }) => {
        sent.push(await request.json())
        return problem(422, 'Fewer, for now.', [{ field: 'most_an_hour', message: 'Fewer, for now.' }])
      }),
    )
    const { user } = await renderPage(straightThroughPage, undefined, {
      user: staff('certificates.products.manage'),
    })
    expect(await screen.findByText('12 of 40, 30%')).toBeVisible()
    expect(screen.getByText(/Half of them within under a minute/)).toBeVisible()
    expect(screen.getByRole('checkbox', { name: /a second officer checks each/ })).toBeDisabled()
    expect(
      screen.getByRole('checkbox', { name: /nothing on record answers “Notices” and 1 more/ }),
    ).toBeEnabled()
    await user.click(screen.getByRole('checkbox', { name: '603 certificate' }))
    await user.click(screen.getByRole('button', { name: 'Add a limit' }))
    await user.selectOptions(screen.getByLabelText('What is known'), 'Rates balance')
    await user.type(screen.getByLabelText('Days'), '7')
    await user.click(screen.getByRole('button', { name: 'Save rules' }))
    expect((await screen.findAllByText('Fewer, for now.')).length).toBeGreaterThan(0)
    expect(sent).toEqual([
      {
        ...read.rules,
        products: ['603'],
        ages: [{ attribute: 'rates_balance', days: 7 }],
        version: 3,
      },
    ])
  })
})

const line = (id: string): QueueLineRead => ({
  id,
  order_id: id,
  order_number: 'BH-2026-00012',
  property_id: id,
  address: id === FIRST ? '54 WILLIWA STREET PORTLAND NSW 2847' : '7 GREEN STREET PORTLAND NSW 2847',
  parcel: '2/2/DP2288',
  product: '603',
  product_title: '603 certificate',
  customer_name: 'Dale & Kaur Lawyers',
  firm_name: null,
  reference: null,
  urgent: false,
  state: 'drafted',
  due_on: '2026-12-02',
  cut_off: '15:00',
  working_days_left: 2,
  clock_stopped: false,
  assigned_to_id: null,
  assigned_to_name: null,
  issued_at: null,
  certificate_number: null,
  customer_wrote_at: null,
  collects: false,
  mail_bounced_at: null,
})
const SHA = 'a'.repeat(64)
const previewed = (id: string, reason: string | null): PreviewedLine => ({
  ...{ line_id: id, address: line(id).address, parcel: '2/2/DP2288', product_title: '603 certificate' },
  ...{ customer_name: 'Dale & Kaur Lawyers', version: 4, template_number: 2, known_sha256: SHA, reason },
})
const counts: QueueCounts = {
  ...{ mine: 2, unassigned: 0, due_today: 0, overdue: 0, to_check: 0, on_hold: 0, all_open: 2 },
  ...{ most: 5000, team_name: 'Planning team', counted_at: '2026-11-24T23:42:00Z' },
}
const batch: BatchRead = {
  id: BATCH,
  asked_at: '2026-11-24T23:42:00Z',
  asked_by_name: 'Priya Nair',
  finished_at: '2026-11-24T23:42:09Z',
  waiting_count: 0,
  issued_count: 0,
  refused_count: 1,
  lines: [
    {
      ...{ line_id: FIRST, address: line(FIRST).address, product_title: '603 certificate' },
      ...{ state: 'refused' as const, number: null, reason: 'Tom Okafor changed this.' },
    },
  ],
}

describe('a narrowed queue', () => {
  test('says that nothing matches, never that nothing waits, and is widened again', async () => {
    server.use(
      http.get('*/lines', () => HttpResponse.json({ results: [], next_cursor: null })),
      http.get('*/lines/counts', () => HttpResponse.json({ ...counts, all_open: 12 })),
    )
    const search = { view: 'all_open', product: '735A', urgent: 'yes' } as const
    const { user, location } = await renderPage(queuePage, queuePage.href({ search }), {
      user: staff('certificates.orders.read'),
    })
    expect(await screen.findByText('Nothing in this view matches 735A, urgent.')).toBeVisible()
    await user.click(screen.getByRole('button', { name: 'Clear the filters' }))
    expect(await screen.findByText('Nothing waits in the queue.')).toBeVisible()
    expect(location()).not.toContain('735A')
  })
})

describe('issuing together', () => {
  test('shows what will be issued and what not, issues the first, and says what became of it', async () => {
    setWidth(1280)
    const sent: { key: string; lines: unknown }[] = []
    server.use(
      http.get('*/lines', () =>
        HttpResponse.json({ results: [line(FIRST), line(SECOND)], next_cursor: null }),
      ),
      http.get('*/lines/counts', () => HttpResponse.json(counts)),
      http.get('*/certificates/catalogue', () =>
        HttpResponse.json({
          ...{ products: [], refund_sentence: '', card_surcharge_basis_points: 0 },
          computed_at: '2026-11-24T23:42:00Z',
        }),
      ),
      http.get('*/officers', () => HttpResponse.json({ officers: [] })),
      http.post('*/issue-batches/preview', () =>
        HttpResponse.json({
          lines: [previewed(FIRST, null), previewed(SECOND, '1 value is unknown: Category.')],
        }),
      ),
      http.post('*/issue-batches', async ({ request }) => {
        sent.push((await request.json()) as (typeof sent)[number])
        return HttpResponse.json(batch, { status: 201 })
      }),
      http.get(`*/issue-batches/${BATCH}`, () => HttpResponse.json(batch)),
    )
    const { user, location } = await renderPage(queuePage, queuePage.href({ search: { view: 'mine' } }), {
      user: staff('certificates.orders.read', 'certificates.lines.prepare', 'certificates.orders.issue'),
    })
    for (const box of await screen.findAllByRole('checkbox', { name: /^Select 603/ })) await user.click(box)
    await user.click(screen.getByRole('button', { name: 'Issue together' }))
    const dialog = await screen.findByRole('dialog')
    expect(await within(dialog).findByText('1 certificate will be issued')).toBeVisible()
    expect(within(dialog).getByText('1 value is unknown: Category.')).toBeVisible()
    await user.click(within(dialog).getByRole('button', { name: 'Issue 1 certificate' }))
    expect(await screen.findByText('0 of 1 certificate issued, 1 not')).toBeVisible()
    expect(screen.getByText(/Tom Okafor changed this/)).toBeVisible()
    expect(sent.map(({ lines }) => lines)).toEqual([
      [{ line_id: FIRST, version: 4, template_number: 2, known_sha256: SHA }],
    ])
    await user.click(screen.getByRole('button', { name: 'Hide this' }))
    await waitFor(() => expect(location()).not.toContain(BATCH))
  })
})
