import { screen } from '@testing-library/react'
import { http, HttpResponse } from 'msw'
import { describe, expect, test, vi } from 'vitest'
import { type CounterPart, partOf, problemOfPart } from '../payment/counter-parts'
import { surchargeOn } from '../format/surcharge'
import { CounterPayment } from '../payment/counter-payment'
import { TillLine } from '../payment/till-line'
import { renderKit, server, staff } from '../testing'

const NOTHING = { amount: 10_000, received: null, reference: '', drawer: '', account: '' }

function takes(ways: { method: string; surcharge_basis_points: number }[]) {
  server.use(
    http.get('*/api/payments/ways-to-pay', () => HttpResponse.json(ways)),
    http.get('*/api/payments/current-till', () => HttpResponse.json({ required: true, session: OPEN })),
  )
}

const OPEN = {
  id: '2',
  till_name: 'Till 2',
  location_name: 'Front counter',
  sums: [{ method: 'cash', expected_cents: 41_230 }],
}
const ALL = ['cash', 'eftpos', 'cheque'].map((method) => ({ method, surcharge_basis_points: 0 }))

describe('A part of a counter payment', () => {
  test('says what is missing', () => {
    expect(problemOfPart({ ...NOTHING, method: 'cash' }, 10_000)).toBe('Enter the cash received.')
    expect(problemOfPart({ ...NOTHING, method: 'cash', received: 9_000 }, 10_000)).toBe('$10.00 is missing.')
    expect(problemOfPart({ ...NOTHING, method: 'eftpos' }, 10_000)).toBe('Enter the terminal reference.')
    expect(problemOfPart({ ...NOTHING, method: 'cheque', reference: '1' }, 10_000)).toContain('the cheque')
    expect(problemOfPart({ ...NOTHING, method: 'account' }, 10_000)).toContain('account')
    expect(problemOfPart({ ...NOTHING, method: 'cash', received: 10_000 }, 5_000)).toContain('Only $50.00')
    expect(problemOfPart({ ...NOTHING, method: 'cash', received: 15_000 }, 10_000)).toBe('')
  })

  test('carries only what belongs to its method', () => {
    const typed = { amount: 10_000, received: 15_000, reference: ' 4512 ', drawer: 'Kaur', account: 'a' }
    expect(partOf({ ...typed, method: 'eftpos' }, 85)).toEqual({
      method: 'eftpos',
      amount_cents: 10_000,
      tendered_cents: null,
      reference: '4512',
      drawer: null,
      account_id: null,
      surcharge_cents: 85,
    })
    expect(partOf({ ...typed, method: 'cash' }, 85)).toMatchObject({
      tendered_cents: 15_000,
      reference: null,
      surcharge_cents: 0,
    })
  })

  test('is rounded as the server rounds', () => {
    expect([surchargeOn(6900, 85), surchargeOn(100, 50), surchargeOn(99, 50)]).toEqual([59, 1, 0])
  })
})

describe('CounterPayment', () => {
  test('takes one part and shows the change', async () => {
    takes(ALL)
    const take = vi.fn((parts: CounterPart[]) => Promise.resolve(parts.length))
    const onPaid = vi.fn()
    const { user } = renderKit(<CounterPayment dueCents={10_000} take={take} onPaid={onPaid} />)
    await user.type(await screen.findByLabelText('Cash received'), '150')
    expect(screen.getAllByText('$50.00').length).toBeGreaterThan(0)
    await user.click(screen.getByRole('button', { name: 'Finish and print receipt' }))
    expect(take.mock.calls[0]?.[0]).toMatchObject([
      { method: 'cash', amount_cents: 10_000, tendered_cents: 15_000 },
    ])
    await vi.waitFor(() => {
      expect(onPaid).toHaveBeenCalledWith(1)
    })
  })

  test('sends the parts of a split together, and only when they make up the sum', async () => {
    takes(ALL)
    const take = vi.fn((parts: CounterPart[]) => Promise.resolve(parts))
    const { user } = renderKit(<CounterPayment dueCents={10_000} take={take} onPaid={vi.fn()} />)
    await user.click(await screen.findByRole('button', { name: 'Split over several ways' }))
    await user.click(screen.getByText('EFTPOS'))
    await user.clear(screen.getByLabelText('Paid this way'))
    await user.type(screen.getByLabelText('Paid this way'), '40')
    await user.type(screen.getByLabelText('Terminal reference'), '004512')
    await user.click(screen.getByRole('button', { name: 'Add this part' }))
    expect(take).not.toHaveBeenCalled()
    expect(screen.getByText('Still to pay')).toBeVisible()
    await user.click(screen.getByText('Cash', { exact: true }))
    await user.type(screen.getByLabelText('Cash received'), '60')
    await user.click(screen.getByRole('button', { name: 'Finish and print receipt' }))
    expect(take.mock.calls[0]?.[0].map(({ method, amount_cents }) => [method, amount_cents])).toEqual([
      ['eftpos', 4_000],
      ['cash', 6_000],
    ])
  })

  test('says the surcharge that the terminal takes', async () => {
    takes([{ method: 'eftpos', surcharge_basis_points: 85 }])
    renderKit(<CounterPayment dueCents={6_900} take={vi.fn()} onPaid={vi.fn()} />)
    expect(await screen.findByText('$69.59')).toBeVisible()
    expect(screen.queryByText('Cheque')).toBeNull()
  })
})

describe('TillLine', () => {
  test('shows the open till with its cash', async () => {
    takes(ALL)
    renderKit(<TillLine />, { user: staff('payments.counter.take') })
    expect(await screen.findByRole('link', { name: 'Front counter, Till 2' })).toBeVisible()
    expect(screen.getByText('$412.30')).toBeVisible()
  })
})
