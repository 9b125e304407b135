import { screen, waitFor, within } from '@testing-library/react'
import { describe, expect, test, vi } from 'vitest'
import { http, HttpResponse, renderPage, server, setWidth, staff } from '@banksia/kit/testing'
import type { CertificatesReport, SavedFilterRead } from '../api'
import { calendarPage, queuePage, reportsPage } from '../staff-routes'

const user = staff('certificates.orders.read', 'certificates.reports.read', 'certificates.calendar.manage')
const counts = { ordered: 4, issued: 3, cannot_issue: 1, cancelled: 0 }
const row = { ...counts, in_time: 2, median_days: 1, ninety_percent_days: 4 }
const open = { late: 1, today: 0, soon: 2, later: 0, stopped: 1, open: 4 }
const money = {
  taken_cents: 6900,
  back_cents: 900,
  net_cents: 6000,
  gst_cents: 0,
  waived_cents: 0,
  payments: 1,
}
const either = {
  issued: 3,
  without_officer: 2,
  median_minutes: 0.4,
  officer_median_minutes: 2900,
  officer_median_hours: 9,
  saved_hours: 18,
  saved_against: 'officers',
} as const
const report: CertificatesReport = {
  from_on: '2026-11-01',
  until_on: '2026-11-30',
  today: '2026-11-25',
  step: 'day',
  orders: 2,
  products: [{ ...row, product: '603', title: '603' }],
  total: { ...row, product: '', title: 'Total' },
  times: [
    { ...counts, began_on: '2026-11-01' },
    { ordered: 0, issued: 0, cannot_issue: 0, cancelled: 0, began_on: '2026-11-02' },
  ],
  straight_through: {
    products: [{ ...either, product: '603', title: '603' }],
    total: { ...either, product: '', title: 'Total', saved_against: null },
    reasons: [{ code: 'stale', title: 'An answer was too old', count: 1 }],
  },
  revenue: [{ ...money, title: 'Section 603 certificate' }],
  revenue_total: { ...money, title: 'Total' },
  backlog: [{ ...open, key: '603', title: '603' }],
  ages: [{ ...open, key: '2', title: '0 to 2 working days' }],
  backlog_total: { ...open, key: '', title: 'Total' },
}
const search = { from: '2026-11-01', until: '2026-11-30' }

describe('reports', () => {
  test.each([
    ['certificates', 'Certificates by product', '2 orders with 4 certificates.', 'certificates'],
    ['turnaround', 'Turnaround by product', /^66\.7% of 3 were issued by the day promised/, 'turnaround'],
    ['straight_through', 'Without an officer by product', '2 of 3 certificates, 66.7%.', 'straight_through'],
    ['revenue', 'Revenue by product', /as the ledger has it/, 'revenue'],
    ['backlog', 'Open by product', /4 open, 1 late/, 'backlog'],
  ] as const)('%s has a table, a sentence and its file', async (show, caption, sentence, table) => {
    server.use(http.get('*/api/certificates/reports', () => HttpResponse.json(report)))
    await renderPage(reportsPage, reportsPage.href({ search: { ...search, show } }), { user })
    expect(await screen.findByText(sentence)).toBeVisible()
    const shown = screen.getByRole('table', { name: caption })
    expect(within(shown).getByText('Total')).toBeVisible()
    expect(screen.getAllByRole('link', { name: 'Download as CSV' })[0]).toHaveAttribute(
      'href',
      `/api/certificates/reports/table.csv?table=${table}&from=2026-11-01&until=2026-11-30`,
    )
  })

  test('say what was saved by issuing without an officer, and why officers looked', async () => {
    server.use(http.get('*/api/certificates/reports', () => HttpResponse.json(report)))
    await renderPage(
      reportsPage,
      reportsPage.href({ search: { ...search, show: 'straight_through' as const } }),
      { user },
    )
    const shown = await screen.findByRole('table', { name: 'Without an officer by product' })
    expect(within(shown).getAllByText('Under a minute')).toHaveLength(2)
    expect(within(shown).getAllByText('2 days')).toHaveLength(2)
    expect(screen.getByText('18 hours in all.')).toBeVisible()
    const reasons = screen.getByRole('table', { name: 'Reasons for an officer' })
    expect(within(reasons).getByText('An answer was too old')).toBeVisible()
  })

  test('leave days on which nothing happened out of the table, and say so', async () => {
    server.use(http.get('*/api/certificates/reports', () => HttpResponse.json(report)))
    await renderPage(
      reportsPage,
      reportsPage.href({ search: { ...search, show: 'certificates' as const } }),
      { user },
    )
    const shown = await screen.findByRole('table', { name: 'Certificates by day' })
    expect(within(shown).getByText('1 Nov 2026')).toBeVisible()
    expect(within(shown).queryByText('2 Nov 2026')).toBeNull()
    expect(screen.getByText('Days on which nothing happened are not in the table.')).toBeVisible()
  })
})

const kept: SavedFilterRead = {
  id: '01990000-0000-7000-8000-00000000000b',
  place: 'queue',
  name: 'Urgent planning',
  search: {
    place: 'queue',
    view: 'all_open',
    product: '10.7(2)',
    state: null,
    urgent: 'yes',
    q: null,
    sort: 'due',
  },
  is_shared: false,
  is_mine: true,
  owner_name: 'Priya Nair',
  may_change: true,
}

describe('saved filters', () => {
  test('stand among the views, are kept under a name and lead back to what they showed', async () => {
    setWidth(1280)
    const saved = vi.fn()
    const filters: SavedFilterRead[] = []
    server.use(
      http.get('*/api/certificates/lines', () => HttpResponse.json({ results: [], next_cursor: null })),
      http.get('*/api/certificates/lines/counts', () => HttpResponse.json(null, { status: 404 })),
      http.get('*/api/certificates/catalogue', () => HttpResponse.json(null, { status: 404 })),
      http.get('*/api/certificates/saved-filters', () => HttpResponse.json({ filters, may_share: false })),
      http.post('*/api/certificates/saved-filters', async ({ request }) => {
        saved(await request.json())
        filters.push(kept)
        return HttpResponse.json(kept, { status: 201 })
      }),
    )
    const narrowed = { product: '10.7(2)', urgent: 'yes' } as const
    const page = await renderPage(queuePage, queuePage.href({ search: narrowed }), { user })
    await page.user.click(await screen.findByRole('button', { name: 'Save this filter' }))
    await page.user.type(screen.getByLabelText('Name'), 'Urgent planning')
    await page.user.click(screen.getByRole('button', { name: 'Save filter' }))
    const view = await screen.findByRole('link', { name: 'Urgent planning' })
    expect(view).toHaveAttribute('aria-current', 'page')
    expect(await screen.findByText('Your filter “Urgent planning”. Only you see it.')).toBeVisible()
    expect(saved).toHaveBeenCalledWith({
      name: 'Urgent planning',
      is_shared: false,
      search: expect.objectContaining({ place: 'queue', product: '10.7(2)', urgent: 'yes' }) as unknown,
    })
    // A view leads from the filter to everything that it has.
    expect(screen.getByRole('link', { name: 'Overdue' })).toHaveAttribute(
      'href',
      queuePage.href({ search: { view: 'overdue', sort: 'due' } }),
    )
  })
})

describe('working days', () => {
  test('shows what closed days do before they are kept', async () => {
    const entry = { from_on: '2026-12-24', until_on: '2027-01-01', name: 'Shutdown', working_days: 4 }
    server.use(
      http.get('*/api/certificates/calendar', () =>
        HttpResponse.json({
          year: 2026,
          state: 'New South Wales',
          working_days: 248,
          holidays: [{ on: '2026-10-05', name: 'Labour Day' }],
          closed: [entry],
          today: '2026-11-25',
          due: [{ product: '603', title: '603', due_on: '2026-12-02', urgent_due_on: null }],
        }),
      ),
      http.get('*/api/certificates/calendar/effect', () =>
        HttpResponse.json({
          placed_on: '2026-12-23',
          changes: [
            {
              product: '603',
              title: '603',
              due_on: '2027-01-06',
              urgent_due_on: null,
              otherwise_due_on: '2026-12-31',
              otherwise_urgent_due_on: null,
            },
          ],
          open_due: 1,
        }),
      ),
    )
    const page = await renderPage(calendarPage, calendarPage.href({ search: { year: 2026 } }), { user })
    expect(await screen.findByText('Labour Day')).toBeVisible()
    await page.user.click(screen.getByRole('button', { name: /^Change Shutdown/ }))
    await waitFor(() => {
      expect(screen.getByText(/due by .* otherwise/)).toBeVisible()
    })
    expect(screen.getByText(/1 open certificate is due on these days/)).toBeVisible()
  })
})
