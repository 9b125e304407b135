import { screen, within } from '@testing-library/react'
import { beforeEach, describe, expect, test } from 'vitest'
import { customer, http, HttpResponse, renderKit, renderPage, server } from '@banksia/kit/testing'
import type { BasketLineRead, BulkRead, BulkRowRead, CatalogueProductRead, CatalogueRead } from '../api'
import {
  changeLines,
  hearTab,
  keepContact,
  putLine,
  readBasket,
  takeOut,
  type BasketLine,
} from '../components/basket'
import { BasketNotices } from '../components/basket-notices'
import { bulkPage } from '../routes'

const PROPERTY = '01990000-0000-7000-8000-0000000000a1'
const line: BasketLine = {
  propertyId: PROPERTY,
  address: '54 Williwa Street, Portland',
  parcel: '2/2/DP2288',
  product: '10.7-2',
  urgent: false,
  seenCents: 6900,
}
const product = (code: string, title: string, cents: number) =>
  ({
    code,
    kind: 'sale',
    title,
    short_title: title,
    contains: [],
    contained_in: [],
    fee_cents: cents,
    urgent_fee_cents: null,
    gst_cents: 0,
    closed: null,
  }) as unknown as CatalogueProductRead
const catalogue = {
  products: [
    product('10.7-2', 'Planning 10.7(2)', 6900),
    product('10.7-2-5', 'Planning 10.7(2) and (5)', 17400),
  ],
  refund_sentence: '',
  card_surcharge_basis_points: 0,
} as unknown as CatalogueRead
const clear: BasketLineRead = {
  product_title: 'Planning certificate 10.7(2)',
  parcel_title: 'Lot 2 Section 2 DP 2288',
  cents: 6900,
  due_on: '2026-12-04',
  obstacles: [],
  successors: [],
  contained_in: null,
  also_at: null,
  earlier: null,
}

beforeEach(() => {
  takeOut(readBasket().lines)
  sessionStorage.clear()
})

describe('the basket', () => {
  test('keeps what another tab added, also when this one orders', () => {
    putLine(line)
    const theirs = { ...line, product: '603' }
    hearTab({ kind: 'changed', put: [theirs, line], removed: [] })
    putLine({ ...line, product: '735A' })
    expect(readBasket().lines.map((each) => each.product)).toEqual(['10.7-2', '603', '735A'])
    takeOut([line, { ...line, product: '735A' }])
    expect(readBasket().lines).toEqual([theirs])
    hearTab({ kind: 'changed', put: [], removed: [theirs] })
    expect(readBasket().lines).toEqual([])
  })

  test('is another order once its lines or its contact change', () => {
    putLine(line)
    keepContact({ name: 'Dale', email: 'd@example.org', phone: '', reference: '' })
    const { key } = readBasket()
    expect(readBasket().key).toBe(key)
    changeLines((lines) => lines)
    const second = readBasket().key
    keepContact({ name: 'Kaur', email: 'k@example.org', phone: '', reference: '' })
    expect(new Set([key, second, readBasket().key]).size).toBe(3)
  })
})

describe('what stands against a basket', () => {
  test('is merged, and new fees are accepted, with one click each', async () => {
    const outer = { ...line, product: '10.7-2-5', seenCents: 17000 }
    putLine(line)
    putLine(outer)
    const obstacle = { kind: 'contained' as const, field: 'product', message: 'It includes the other.' }
    const { user } = renderKit(
      <BasketNotices
        lines={[line, outer]}
        read={{
          total_cents: 17400,
          lines: [
            { ...clear, obstacles: [obstacle], contained_in: 1 },
            { ...clear, cents: 17400 },
          ],
        }}
        catalogue={catalogue}
      />,
    )
    expect(screen.getByText(/was \$170.00, is now/)).toBeVisible()
    await user.click(screen.getByRole('button', { name: 'Accept the new fees' }))
    await user.click(screen.getByRole('button', { name: 'Keep only Planning 10.7(2) and (5)' }))
    expect(readBasket().lines).toEqual([{ ...outer, seenCents: 17400 }])
  })
})

const row = (changes: Partial<BulkRowRead>): BulkRowRead => ({
  ...{ row: 1, lot: '', section: '', plan: '', parcel: '2/2/DP2288', address: '', assessment: '' },
  ...{ product: '10.7-2', urgent: '', matter: 'A', has_surplus: false },
  ...{ property_id: PROPERTY, found_parcel: '2/2/DP2288', verdict: 'ready', message: '' },
  ...{ parcel_title: 'Lot 2 Section 2 DP 2288', found_address: '54 WILLIWA STREET PORTLAND NSW 2847' },
  ...{ product_code: '10.7-2', product_title: 'Planning 10.7(2)', is_urgent: false, cents: 6900 },
  ...{ due_on: '2026-12-04', choices: [], successors: [], also_row: null, earlier: null },
  ...changes,
})

describe('an order from a list', () => {
  test('orders nothing while a row is neither correct nor left out', async () => {
    const table = (rows: BulkRowRead[]): BulkRead => ({
      rows,
      ready_count: 1,
      order_count: 1,
      total_cents: 6900,
    })
    const wrong = row({ row: 2, verdict: 'not_found', message: 'No property is that.', found_parcel: null })
    const placed: unknown[] = []
    server.use(
      http.get('*/api/certificates/catalogue', () => HttpResponse.json(catalogue)),
      http.get('*/api/auth/firms', () => HttpResponse.json({ firms: [], invitations: [] })),
      http.post('*/api/certificates/bulk/file', () => HttpResponse.json(table([row({}), wrong]))),
      http.post('*/api/certificates/bulk/rows', () => HttpResponse.json(table([row({})]))),
      http.post('*/api/certificates/bulk/orders', async ({ request }) => {
        placed.push(await request.json())
        const order = { id: PROPERTY, number: 'BH-2026-00001', reference: 'A', total_cents: 6900 }
        return HttpResponse.json(
          { orders: [{ ...order, line_count: 1, due_on: '2026-12-04' }] },
          { status: 201 },
        )
      }),
    )
    const { user } = await renderPage(bulkPage, bulkPage.href(), { user: customer() })
    await user.upload(await screen.findByLabelText(/choose a file/), new File(['x'], 'orders.csv'))
    expect(await screen.findByText('To correct: 1')).toBeVisible()
    await user.click(await screen.findByRole('button', { name: 'Place 1 order' }))
    expect(await screen.findByRole('alert')).toHaveTextContent('1 row is not ready')
    expect(placed).toEqual([])
    await user.click(screen.getByRole('button', { name: 'Leave out row 2' }))
    await screen.findByText('Left out: 1')
    await user.click(screen.getByRole('button', { name: 'Place 1 order' }))
    const pay = await screen.findByRole('button', { name: 'Pay $69.00 for order BH-2026-00001' })
    expect(within(pay).getByText('Pay $69.00')).toBeVisible()
    expect(placed).toEqual([
      expect.objectContaining({
        seen_total_cents: 6900,
        rows: [
          { property_id: PROPERTY, parcel: '2/2/DP2288', product: '10.7-2', urgent: false, matter: 'A' },
        ],
      }),
    ])
  })
})
