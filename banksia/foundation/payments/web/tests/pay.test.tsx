import { screen } from '@testing-library/react'
import { describe, expect, test, vi } from 'vitest'
import { ModuleSettingsPanel } from '@banksia/kit'
import { http, HttpResponse, renderKit, renderPage, server, staff } from '@banksia/kit/testing'
import type { PayPageRead } from '../api'
import { payPage } from '../routes'

const ATTEMPT = '01990000-0000-7000-8000-0000000000a1'

function toPay(changes: Partial<PayPageRead> = {}): PayPageRead {
  return {
    council: 'Blue Hills Shire Council',
    title: 'Property certificates',
    reference: 'BH-2026-04466',
    shown: 'to_pay',
    lines: [{ description: 'Planning certificate 10.7(2), Lot 2', quantity: 1, amount_cents: 6900 }],
    total_cents: 6900,
    gst_cents: 0,
    left_cents: 6900,
    surcharge_cents: 0,
    surcharge_basis_points: 0,
    paid_cents: 0,
    online: true,
    attempt_id: null,
    attempt: 'none',
    receipts: [],
    refunds: [],
    back: null,
    ...changes,
  }
}

/** Open the link's page; `confirmed` is what the provider is said to have answered, or nothing yet. */
async function open(
  pay: PayPageRead,
  { payment, back, shown = 'confirming' }: { payment?: string; back?: string; shown?: string } = {},
) {
  const asked: string[] = []
  server.use(
    http.get('*/api/payments/pay/the-token', ({ request }) =>
      HttpResponse.json({ ...pay, back: new URL(request.url).searchParams.get('back') && pay.back }),
    ),
    http.post('*/api/payments/attempts/:id/confirm', ({ params }) => {
      asked.push(String(params.id))
      return HttpResponse.json({ shown, declined: false })
    }),
  )
  const page = await renderPage(
    payPage,
    payPage.href({ params: { token: 'the-token' }, search: { payment, back } }),
  )
  await screen.findByText('What it is for')
  return { ...page, asked }
}

describe('the page of a link to pay', () => {
  test('shows what it is for and leads to the payment page', async () => {
    const assign = vi.fn()
    vi.stubGlobal('location', { href: location.href, assign })
    server.use(
      http.post('*/api/payments/pay/the-token/checkout', () =>
        HttpResponse.json({ url: 'https://pay.example/1', attempt_id: ATTEMPT }),
      ),
    )
    const { user } = await open(toPay())
    expect(screen.getByText('Planning certificate 10.7(2), Lot 2')).toBeVisible()
    await user.click(screen.getByRole('button', { name: 'Pay $69.00' }))
    await vi.waitFor(() => expect(assign).toHaveBeenCalledWith('https://pay.example/1'))
    vi.unstubAllGlobals()
  })

  test('leads a payer who comes from what they ordered back there', async () => {
    const asked: (string | null)[] = []
    vi.stubGlobal('location', { href: location.href, assign: vi.fn() })
    server.use(
      http.post('*/api/payments/pay/the-token/checkout', ({ request }) => {
        asked.push(new URL(request.url).searchParams.get('back'))
        return HttpResponse.json({ url: 'https://pay.example/1', attempt_id: ATTEMPT })
      }),
    )
    const { user } = await open(toPay({ back: '/bookings/customer/bookings/1' }), {
      back: '/bookings/customer/bookings/1',
    })
    expect(screen.getByRole('link', { name: 'BH-2026-04466' })).toHaveAttribute(
      'href',
      '/bookings/customer/bookings/1',
    )
    await user.click(screen.getByRole('button', { name: 'Pay $69.00' }))
    await vi.waitFor(() => expect(asked).toEqual(['/bookings/customer/bookings/1']))
    vi.unstubAllGlobals()
  })

  test('says the surcharge before anybody pays', async () => {
    await open(toPay({ surcharge_cents: 59, surcharge_basis_points: 85 }))
    expect(screen.getByText('Card surcharge 0.85 %')).toBeVisible()
    expect(screen.getByRole('button', { name: 'Pay $69.59' })).toBeVisible()
  })

  test('asks for patience and not for money while it is confirmed', async () => {
    const { asked } = await open(toPay({ attempt: 'open', attempt_id: ATTEMPT }), { payment: ATTEMPT })
    expect(await screen.findByText('We are still confirming your payment')).toBeVisible()
    expect(screen.queryByRole('button', { name: /^Pay/ })).toBeNull()
    await vi.waitFor(() => expect(asked).toContain(ATTEMPT))
  })

  test('says that the bank refused, also to who was back before its answer was', async () => {
    let refused = false
    let asked = 0
    const pay = () => toPay({ attempt: refused ? 'declined' : 'open', attempt_id: ATTEMPT })
    await open(pay())
    server.use(
      http.get('*/api/payments/pay/the-token', () => HttpResponse.json(pay())),
      http.post('*/api/payments/attempts/:id/confirm', () => {
        asked += 1
        refused = asked > 1
        return HttpResponse.json({ shown: 'confirming', declined: refused })
      }),
    )
    const told = await screen.findByText('The bank did not approve the payment', {}, { timeout: 8_000 })
    expect(told).toBeVisible()
    expect(screen.getByRole('button', { name: 'Pay $69.00' })).toBeVisible()
  })

  test('an address that names another payment hides no button', async () => {
    await open(toPay({ attempt: 'open', attempt_id: ATTEMPT }), { payment: 'something-else' })
    expect(screen.getByRole('button', { name: 'Pay $69.00' })).toBeVisible()
  })

  test('says that a page which closed charged nothing', async () => {
    await open(toPay({ attempt: 'ended', attempt_id: ATTEMPT }), { payment: ATTEMPT, shown: 'failed' })
    expect(await screen.findByText('The payment page closed before it was paid')).toBeVisible()
    expect(screen.getByRole('button', { name: 'Pay $69.00' })).toBeVisible()
  })

  test.each([
    ['paid', 'This is paid'],
    ['refunded', 'This was paid and refunded'],
    ['checking', 'Council is checking a payment'],
    ['at_counter', 'This is being paid at the counter'],
    ['expired', 'This was not paid in time'],
    ['cancelled', 'This was cancelled'],
  ] as const)('when it is %s there is no button', async (shown, title) => {
    await open(toPay({ shown, left_cents: 0 }))
    expect(screen.getByText(title)).toBeVisible()
    expect(screen.queryByRole('button', { name: /^Pay/ })).toBeNull()
  })

  test('shows the receipt, and what comes back', async () => {
    await open(
      toPay({
        shown: 'paid',
        left_cents: 0,
        paid_cents: 6900,
        receipts: [
          {
            id: ATTEMPT,
            number: 'R-000007',
            issued_at: '2026-11-25T00:00:00Z',
            total_cents: 6900,
            path: '/api/payments/receipts/1/key',
          },
        ],
        refunds: [
          {
            amount_cents: 1000,
            state: 'pending',
            words: 'On its way to the card that paid',
            at: '2026-11-25T00:00:00Z',
          },
        ],
      }),
    )
    expect(screen.getByRole('link', { name: /Receipt R-000007, \$69.00/ })).toHaveAttribute(
      'href',
      '/api/payments/receipts/1/key',
    )
    expect(screen.getByText('On its way to the card that paid')).toBeVisible()
  })

  test('where cards are off it leads to the counter', async () => {
    await open(toPay({ online: false }))
    expect(
      screen.getByText(/Pay at the council’s counter and give the reference BH-2026-04466/),
    ).toBeVisible()
  })
})

describe('the settings of payments', () => {
  test('change only what is on a panel, and keep the rest', async () => {
    const values = {
      takes_card: true,
      takes_cash: true,
      takes_eftpos: true,
      takes_cheque: true,
      takes_account: true,
      refund_approval_from_cents: 50000,
      unpaid_expires_after_days: 28,
      alert_email: '',
      receipt_prefix: 'R-',
      receipt_note: '',
    }
    const types = { boolean: 'boolean', number: 'integer', string: 'string' } as const
    const properties = Object.fromEntries(
      Object.entries(values).map(([key, value]) => [
        key,
        { title: key, type: types[typeof value as keyof typeof types] },
      ]),
    )
    const bodies: unknown[] = []
    const address = '*/api/organisations/modules/payments/settings'
    server.use(
      http.get(address, () => HttpResponse.json({ module: 'payments', values, json_schema: { properties } })),
      http.put(address, async ({ request }) => {
        bodies.push(await request.json())
        return HttpResponse.json({ module: 'payments', values, json_schema: { properties } })
      }),
    )
    const user = staff('organisations.modules.manage')
    const page = renderKit(
      <ModuleSettingsPanel name="payments" title="Rules" only={['refund_approval_from_cents']} />,
      { user },
    )
    const amount = await screen.findByLabelText('refund_approval_from_cents')
    expect(amount).toHaveValue('500.00')
    await page.user.clear(amount)
    await page.user.type(amount, '250')
    await page.user.click(screen.getByRole('button', { name: 'Save settings' }))
    await vi.waitFor(() => expect(bodies).toEqual([{ ...values, refund_approval_from_cents: 25000 }]))
  })
})
