import { screen, waitFor } from '@testing-library/react'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { http, HttpResponse, renderKit, renderPage, server } from '@banksia/kit/testing'
import type { CatalogueRead, OrderRead } from '../api'
import { changeLines, keepContact } from '../components/basket'
import { forgetLastOrder, keepLastOrder } from '../components/last-order'
import { LastOrderNotice } from '../components/last-order-notice'
import { OpenBasket } from '../components/open-basket'
import { reviewPage } from '../routes'

const ID = '01990000-0000-7000-8000-0000000000b1'
const NAME = 'Order BH-2026-000123 for 131 Williwa Street Portland NSW 2847'
const waiting = {
  id: ID,
  number: 'BH-2026-000123',
  money: 'awaiting_payment',
  work: 'awaiting_payment',
  can_pay: true,
  can_cancel: true,
  left_cents: 6900,
} as unknown as OrderRead
const catalogue = {
  products: [
    {
      code: '603',
      kind: 'sale',
      title: '603 certificate',
      short_title: '603 certificate',
      contains: [],
      contained_in: [],
      fee_cents: 10000,
      urgent_fee_cents: null,
      gst_cents: 0,
      closed: null,
    },
  ],
  refund_sentence: '',
  card_surcharge_basis_points: 0,
} as unknown as CatalogueRead
const line = (address: string, product: string, propertyId: string) => ({
  propertyId,
  address,
  parcel: '2/2/DP2288',
  product,
  urgent: false,
})

const standing = (order: Partial<OrderRead>) => {
  server.use(http.get(`*/api/certificates/orders/${ID}`, () => HttpResponse.json({ ...waiting, ...order })))
}

beforeEach(() => {
  keepLastOrder({ id: ID, number: 'BH-2026-000123', address: '131 WILLIWA STREET PORTLAND NSW 2847' })
  server.use(
    http.get('*/api/certificates/catalogue', () => HttpResponse.json(catalogue)),
    http.get('*/api/auth/firms', () => HttpResponse.json({ firms: [], invitations: [] })),
  )
})

afterEach(() => {
  forgetLastOrder(ID)
  changeLines(() => [])
  keepContact(null)
})

describe('the order that was placed last', () => {
  test('waits for payment, and is cancelled from here', async () => {
    standing({})
    server.use(
      http.post(`*/api/certificates/orders/${ID}/cancel`, () =>
        HttpResponse.json({ ...waiting, money: 'cancelled', work: 'cancelled', can_pay: false }),
      ),
    )
    const { user } = renderKit(<LastOrderNotice />)
    expect(await screen.findByText(`${NAME} waits for payment`)).toBeVisible()
    expect(screen.getByRole('button', { name: 'Pay order BH-2026-000123' })).toBeVisible()
    await user.click(screen.getByRole('button', { name: 'Cancel order BH-2026-000123' }))
    expect(await screen.findByText(`${NAME} is cancelled`)).toBeVisible()
    await user.click(screen.getByRole('button', { name: 'Hide this' }))
    expect(screen.queryByText(/BH-2026/)).toBeNull()
  })

  test.each([
    [{ money: 'paid', work: 'in_work' } as const, `${NAME} is paid`],
    [
      { money: 'expired', work: 'cancelled' } as const,
      `${NAME} was not paid in time, so it has ended. Nothing was charged`,
    ],
  ])('is told as it stands by now: %o', async (order, told) => {
    standing({ ...order, can_pay: false })
    renderKit(<LastOrderNotice />)
    expect(await screen.findByText(told)).toBeVisible()
    expect(screen.queryByRole('button', { name: /^Pay/ })).toBeNull()
  })
})

test('an open basket says what it holds and leads on', async () => {
  changeLines(() => [line('54 Williwa St', '603', 'a'), line('56 Williwa St', '603', 'b')])
  renderKit(<OpenBasket />)
  expect(await screen.findByText(/\$200\.00/)).toBeVisible()
  expect(screen.getByText(/and 1 more property/)).toBeVisible()
})

test('what is not sold any more is named by its title, and nothing is paid for it', async () => {
  forgetLastOrder(ID)
  changeLines(() => [line('54 Williwa St', '735A', 'a')])
  keepContact({ name: 'Dale', email: 'd@example.org', phone: '', reference: '' })
  const message = 'The council does not sell Outstanding notices any more. Choose from its catalogue.'
  server.use(
    http.post('*/api/certificates/basket', () =>
      HttpResponse.json({
        total_cents: 0,
        lines: [
          {
            product_title: 'Outstanding notices',
            parcel_title: 'Lot 2 Section 2 DP 2288',
            cents: null,
            due_on: null,
            obstacles: [{ kind: 'product_retired', field: 'product', message }],
            successors: [],
            contained_in: null,
            also_at: null,
            earlier: null,
          },
        ],
      }),
    ),
  )
  await renderPage(reviewPage, reviewPage.href())
  expect(await screen.findByText(/^Outstanding notices for Lot 2 .* cannot be ordered$/)).toBeVisible()
  await waitFor(() => expect(screen.getByText('Nothing is left that can be ordered.')).toBeVisible())
  expect(screen.queryByRole('button', { name: /^Pay/ })).toBeNull()
})
