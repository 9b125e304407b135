import { screen } from '@testing-library/react'
import { describe, expect, test } from 'vitest'
import { http, HttpResponse, renderKit, server, staff } from '@banksia/kit/testing'
import type { PayableRead } from '../api'
import { RefundForm, refundSum } from '../components/refund-form'

const LINE = {
  quantity: 1,
  gst_cents: 0,
  gst_treatment: 'exempt',
  gl_code: '4100.101',
}

function paid(changes: Partial<PayableRead> = {}): PayableRead {
  return {
    id: '01990000-0000-7000-8000-0000000000b1',
    kind: 'certificates.order',
    subject_id: '01990000-0000-7000-8000-0000000000b2',
    staff_path: '/certificates/staff/orders/01990000-0000-7000-8000-0000000000b2',
    reference: 'BH-2026-04466',
    title: 'Certificates',
    payer_name: 'Dale & Kaur Lawyers',
    state: 'paid',
    total_cents: 17400,
    gst_cents: 0,
    paid_cents: 17400,
    refunded_cents: 0,
    refundable_cents: 17400,
    second_person_from_cents: 15000,
    disputed: false,
    lines: [
      { ...LINE, id: '1', description: 'Planning 10.7(2)', amount_cents: 6900, refundable_cents: 6900 },
      { ...LINE, id: '2', description: 'Planning 10.7(5)', amount_cents: 10500, refundable_cents: 10500 },
    ],
    payments: [],
    refunds: [],
    receipts: [],
    ...changes,
  } as unknown as PayableRead
}

function open(payable: PayableRead) {
  const sent: unknown[] = []
  server.use(
    http.post('*/api/payments/payables/:id/refunds', async ({ request }) => {
      sent.push(await request.json())
      return HttpResponse.json([], { status: 201 })
    }),
  )
  const page = renderKit(<RefundForm payable={payable} />, { user: staff('payments.refunds.request') })
  return { ...page, sent }
}

describe('the refund of a payment', () => {
  test('gives back all that is left, and says that a second person follows', async () => {
    const { user, sent } = open(paid())
    expect(screen.getByText(/Another person has to approve it first/)).toBeVisible()
    await user.type(screen.getByLabelText('Reason'), 'Ordered twice')
    await user.click(screen.getByRole('button', { name: 'Refund $174.00' }))
    await expect
      .poll(() => sent)
      .toEqual([
        {
          reason: 'Ordered twice',
          seen_available_cents: 17400,
          counter_reference: null,
          amount_cents: null,
          lines: [],
        },
      ])
  })

  test('gives back an amount, with the sum on the button', async () => {
    const { user, sent } = open(paid())
    await user.click(screen.getByLabelText(/^An amount/))
    await user.type(screen.getByLabelText('Amount'), '60')
    await user.type(screen.getByLabelText('Reason'), 'Half was wrong')
    expect(screen.getByText(/nobody else has to approve it/)).toBeVisible()
    await user.click(screen.getByRole('button', { name: 'Refund $60.00' }))
    await expect.poll(() => sent).toMatchObject([{ amount_cents: 6000, lines: [] }])
  })

  test('gives back certain lines', async () => {
    const { user, sent } = open(paid())
    await user.click(screen.getByLabelText('Of certain lines'))
    await user.clear(screen.getByLabelText('Planning 10.7(5)'))
    await user.type(screen.getByLabelText('Planning 10.7(5)'), '105')
    await user.type(screen.getByLabelText('Reason'), 'Not needed')
    await user.click(screen.getByRole('button', { name: 'Refund $105.00' }))
    await expect
      .poll(() => sent)
      .toMatchObject([{ amount_cents: null, lines: [{ payable_line_id: '2', amount_cents: 10500 }] }])
  })

  test('asks for an amount before anything is sent', async () => {
    const { user, sent } = open(paid())
    await user.click(screen.getByLabelText(/^An amount/))
    await user.type(screen.getByLabelText('Reason'), 'Half was wrong')
    await user.click(screen.getByRole('button', { name: 'Refund $0.00' }))
    expect((await screen.findAllByText('Enter the amount to refund.')).length).toBeGreaterThan(0)
    expect(sent).toEqual([])
  })

  test('is not offered while a bank decides', () => {
    open(paid({ disputed: true }))
    expect(screen.getByText('Nothing can be refunded now')).toBeVisible()
    expect(screen.queryByRole('button')).toBeNull()
  })
})

test('the sum of a half-typed amount is nothing', () => {
  expect(refundSum({ how: 'amount', amount_cents: Number.NaN, lines: [] }, 100)).toBe(0)
  expect(refundSum({ how: 'lines', amount_cents: undefined, lines: [100, Number.NaN] }, 100)).toBe(100)
})
