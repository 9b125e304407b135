import { screen, within } from '@testing-library/react'
import { beforeEach, describe, expect, test, vi } from 'vitest'
import { z } from 'zod'
import { Form, GlCodeField, periodOf, presets, useKitForm } from '@banksia/kit'
import {
  http,
  HttpResponse,
  problem,
  renderKit,
  renderPage,
  server,
  setWidth,
  staff,
} from '@banksia/kit/testing'
import type { FirmAccountRead, ChecksRead, ReportRead } from '../api'
import { accountPage, checksPage, glCodesPage, reportsPage } from '../finance-routes'
import { ledgerPage } from '../routes'

const user = staff(
  'payments.ledger.read',
  'payments.checks.run',
  'payments.accounts.read',
  'payments.accounts.manage',
  'payments.counter.take',
  'payments.gl_codes.manage',
)
const list = (results: unknown[]) => HttpResponse.json({ results, next_cursor: null })
const ID = '01990000-0000-7000-8000-00000000000a'

describe('periods', () => {
  test.each([
    ['This month', '2026-02-14', '2026-02-01', '2026-02-28'],
    ['Last month', '2026-01-05', '2025-12-01', '2025-12-31'],
    ['This quarter', '2026-11-25', '2026-10-01', '2026-12-31'],
    ['This financial year', '2026-06-30', '2025-07-01', '2026-06-30'],
    ['This financial year', '2026-07-01', '2026-07-01', '2027-06-30'],
    ['Last financial year', '2026-07-01', '2025-07-01', '2026-06-30'],
  ])('%s on %s is %s to %s', (label, today, from, until) => {
    expect(presets(today).find((preset) => preset.label === label)).toMatchObject({ from, until })
  })

  test('an address without both days shows this month', () => {
    expect(periodOf({ from: '2026-01-01' })).toEqual(periodOf({}))
  })
})

const row = { waived_cents: 0, back_cents: 0, gst_cents: 0, payments: 1 }
const report = (changes: Partial<ReportRead> = {}): ReportRead => ({
  by: 'gl_code',
  from_on: '2026-11-01',
  until_on: '2026-11-30',
  rows: [
    { ...row, key: '4100.101', label: 'Planning certificates', taken_cents: 6900, net_cents: 6900 },
    { ...row, key: 'surcharge', label: 'Surcharges', taken_cents: 110, net_cents: 110, gst_cents: 10 },
  ],
  total: { ...row, key: '', label: 'Total', taken_cents: 7010, net_cents: 7010, gst_cents: 10, payments: 2 },
  ledger: [{ kind: 'charge', reported: true, amount_cents: 7010, entries: 1 }],
  agrees: true,
  ...changes,
})

describe('reports', () => {
  test.each([1280, 390])(
    'shows figures with their total and the files of the same days, at %i',
    async (width) => {
      setWidth(width)
      const asked = vi.fn()
      server.use(
        http.get('*/api/payments/reports/takings', ({ request }) => {
          asked(new URL(request.url).search)
          return HttpResponse.json(report())
        }),
      )
      const search = { from: '2026-11-01', until: '2026-11-30', by: 'gl_code' as const }
      await renderPage(reportsPage, reportsPage.href({ search }), { user })
      expect(await screen.findByText('The report adds up to the ledger, to the cent.')).toBeVisible()
      expect(asked).toHaveBeenCalledWith('?from=2026-11-01&until=2026-11-30&by=gl_code')
      expect(screen.getAllByText('$70.10').length).toBeGreaterThan(0)
      expect(screen.getByRole('link', { name: 'Download the journal' })).toHaveAttribute(
        'href',
        '/api/payments/reports/journal.csv?from=2026-11-01&until=2026-11-30',
      )
    },
  )

  test('says when it does not add up to the ledger', async () => {
    server.use(http.get('*/api/payments/reports/takings', () => HttpResponse.json(report({ agrees: false }))))
    await renderPage(reportsPage, reportsPage.href(), { user })
    expect(await screen.findByText('The report does not add up to the ledger.')).toBeVisible()
  })
})

const failing: ChecksRead['checks'][number] = {
  name: 'payments.ledger_complete',
  module: 'Payments',
  title: 'The ledger is equal to the payments and the refunds',
  explanation: 'Money moved that is not in the ledger.',
  found: 100,
  found_at_most: 100,
  examples: [{ text: 'A payment of $69.00', href: '/payments/staff/payables/1' }],
  checked_at: '2026-11-25T01:00:00Z',
  failing_since: '2026-11-24T01:00:00Z',
}

describe('checks', () => {
  test('shows what fails with its examples, and is in order after another look', async () => {
    server.use(
      http.get('*/api/payments/checks', () => HttpResponse.json({ checks: [failing] })),
      http.post('*/api/payments/checks/run', () =>
        HttpResponse.json({ checks: [{ ...failing, found: 0, examples: [], failing_since: null }] }),
      ),
    )
    const page = await renderPage(checksPage, checksPage.href(), { user })
    expect(await screen.findByText('1 check fails.')).toBeVisible()
    expect(screen.getByRole('link', { name: 'A payment of $69.00' })).toBeVisible()
    expect(screen.getByText('And at least 99 more.')).toBeVisible()
    await page.user.click(screen.getByRole('button', { name: 'Check now' }))
    expect(await screen.findByText('All is in order.')).toBeVisible()
  })
})

const account: FirmAccountRead = {
  id: ID,
  code: 'KAUR',
  name: 'Dale & Kaur Lawyers',
  email: 'accounts@kaur.example',
  postal_address: null,
  credit_limit_cents: 50000,
  terms_days: 14,
  closed_at: null,
  balance_cents: 6900,
  left_cents: 43100,
}
const statement = {
  account,
  from_on: '2026-11-01',
  until_on: '2026-11-30',
  opening_cents: 0,
  charged_cents: 6900,
  settled_cents: 0,
  closing_cents: 6900,
  ageing: [{ name: 'not_due', label: 'Not due yet', amount_cents: 6900 }],
  overdue_cents: 0,
}

describe('an account', () => {
  const sent = vi.fn()
  beforeEach(() => {
    sent.mockClear()
    server.use(
      http.get(`*/api/payments/accounts/${ID}`, () => HttpResponse.json(account)),
      http.get(`*/api/payments/accounts/${ID}/statement`, () => HttpResponse.json(statement)),
      http.get(`*/api/payments/accounts/${ID}/movements`, () => list([])),
      http.get(`*/api/payments/accounts/${ID}/payments`, () => list([])),
    )
  })
  const open = () => renderPage(accountPage, accountPage.href({ params: { accountId: ID } }), { user })

  test('records a payment with the balance that is shown', async () => {
    server.use(
      http.post(`*/api/payments/accounts/${ID}/payments`, async ({ request }) => {
        sent(await request.json())
        return HttpResponse.json({}, { status: 201 })
      }),
    )
    const page = await open()
    await page.user.type(await screen.findByLabelText('What the bank’s statement says'), 'DALE NOV')
    await page.user.click(screen.getByRole('button', { name: 'Record $69.00' }))
    expect(await screen.findByText(/\$69\.00 is recorded/)).toBeVisible()
    expect(sent).toHaveBeenCalledWith(
      expect.objectContaining({ method: 'transfer', amount_cents: 6900, seen_balance_cents: 6900 }),
    )
  })

  test('says why nothing was recorded when somebody else was quicker', async () => {
    server.use(
      http.post(`*/api/payments/accounts/${ID}/payments`, () =>
        problem(409, 'You saw $69.00 owed, but it is $0.00 now.'),
      ),
    )
    const page = await open()
    await page.user.type(await screen.findByLabelText('What the bank’s statement says'), 'DALE NOV')
    await page.user.click(screen.getByRole('button', { name: 'Record $69.00' }))
    expect(await screen.findByText('You saw $69.00 owed, but it is $0.00 now.')).toBeVisible()
  })

  test('shows how old the debt is and mails the statement', async () => {
    server.use(
      http.post(`*/api/payments/accounts/${ID}/statement/mail`, () =>
        HttpResponse.json({ to: 'accounts@kaur.example' }),
      ),
    )
    const page = await open()
    expect(await screen.findByText('Of what is owed at the end: not due yet')).toBeVisible()
    await page.user.click(screen.getByRole('button', { name: 'Mail it to accounts@kaur.example' }))
    expect(await screen.findByText('The statement is on its way to accounts@kaur.example')).toBeVisible()
  })
})

describe('general-ledger codes', () => {
  test('offers to name a code that something was sold under', async () => {
    server.use(
      http.get('*/api/payments/gl-codes', () => list([])),
      http.get('*/api/payments/gl-codes/missing', () => HttpResponse.json({ codes: ['4100.300'] })),
    )
    const page = await renderPage(glCodesPage, glCodesPage.href(), { user })
    await page.user.click(await screen.findByRole('link', { name: 'Name 4100.300' }))
    const form = within(screen.getByRole('region', { name: 'New code' }))
    expect(form.getByLabelText('Code')).toHaveValue('4100.300')
  })
})

describe('the ledger', () => {
  test('adds up only when a period is chosen', async () => {
    const totals = vi.fn()
    server.use(
      http.get('*/api/payments/ledger', () => list([])),
      http.get('*/api/payments/ledger/totals', ({ request }) => {
        totals(new URL(request.url).search)
        return HttpResponse.json({ in_cents: 100, out_cents: 30, net_cents: 70, entries: 2 })
      }),
    )
    const page = await renderPage(ledgerPage, ledgerPage.href({ search: { kind: 'refund' } }), { user })
    expect(await screen.findByText(/No entry matches/)).toBeVisible()
    expect(totals).not.toHaveBeenCalled()
    const today = presets()[0]
    await page.user.selectOptions(screen.getByLabelText('Days'), 'Today')
    expect(await screen.findByText('2 entries')).toBeVisible()
    expect(totals).toHaveBeenCalledWith(`?kind=refund&from=${today?.from ?? ''}&until=${today?.until ?? ''}`)
  })
})

describe('the field of a code', () => {
  const Field = () => {
    const form = useKitForm({
      schema: z.object({ gl_code: z.string() }),
      defaultValues: { gl_code: '4100.999' },
      onSubmit: () => Promise.resolve(),
    })
    return (
      <Form form={form} label="Fee">
        <GlCodeField name="gl_code" label="General-ledger code" />
      </Form>
    )
  }
  const reader = staff('payments.payments.read')

  test('offers the council’s codes and keeps the one that stands there', async () => {
    server.use(
      http.get('*/api/payments/gl-codes', () => list([{ code: '4100.101', title: 'Planning certificates' }])),
    )
    renderKit(<Field />, { user: reader })
    expect(await screen.findByRole('option', { name: '4100.101, Planning certificates' })).toBeVisible()
    expect(screen.getByLabelText('General-ledger code')).toHaveValue('4100.999')
  })

  test('is typed where the council has no list', async () => {
    server.use(http.get('*/api/payments/gl-codes', () => list([])))
    renderKit(<Field />, { user: reader })
    expect(await screen.findByRole('textbox', { name: 'General-ledger code' })).toHaveValue('4100.999')
  })
})
