import { screen, waitFor } from '@testing-library/react'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { customer, http, HttpResponse, problem, renderPage, server } from '@banksia/kit/testing'
import type { BulkRead, BulkRow, BulkRowRead } from '../api'
import { keepBulkTable } from '../components/bulk-rows'
import { bulkPage } from '../routes'

const PROPERTY = '01990000-0000-7000-8000-0000000000a1'
const row = (number: number): BulkRowRead => ({
  ...{ row: number, lot: '', section: '', plan: '', parcel: `${String(number)}//DP1`, address: '' },
  ...{ assessment: '', product: '603', urgent: '', matter: 'A', has_surplus: false },
  ...{ property_id: PROPERTY, found_parcel: `${String(number)}//DP1`, verdict: 'ready', message: '' },
  ...{ parcel_title: `Lot ${String(number)} DP 1`, found_address: null, product_code: '603' },
  ...{ product_title: '603 certificate', is_urgent: false, cents: 10000, due_on: '2026-12-04' },
  ...{ choices: [], successors: [], also_row: null, earlier: null },
})
const read = (numbers: readonly number[]): BulkRead => ({
  rows: numbers.map(row),
  ready_count: numbers.length,
  order_count: 1,
  total_cents: numbers.length * 10000,
})

/** The questions that wait for an answer, in the order in which they were asked. */
let waiting: { rows: number[]; answer: (fails?: boolean) => void }[] = []
let placed: unknown[] = []

beforeEach(() => {
  waiting = []
  placed = []
  keepBulkTable({ fileName: 'orders.csv', read: read([1, 2, 3, 4, 5]), leftOut: [] })
  server.use(
    http.get('*/api/certificates/catalogue', () => HttpResponse.json({ products: [] })),
    http.get('*/api/auth/firms', () => HttpResponse.json({ firms: [], invitations: [] })),
    http.post('*/api/certificates/bulk/rows', async ({ request }) => {
      const { rows } = (await request.json()) as { rows: BulkRow[] }
      const numbers = rows.map((each) => each.row)
      return new Promise<Response>((resolve) => {
        waiting.push({
          rows: numbers,
          answer: (fails) =>
            resolve(fails ? problem(503, 'Try again in a minute.') : HttpResponse.json(read(numbers))),
        })
      })
    }),
    http.post('*/api/certificates/bulk/orders', async ({ request }) => {
      placed.push(await request.json())
      return problem(503, 'Try again in a minute.')
    }),
  )
})

afterEach(() => {
  keepBulkTable(null)
})

const openList = () => renderPage(bulkPage, bulkPage.href(), { user: customer() })

async function leaveOutThreeAndFive() {
  const { user } = await openList()
  await user.click(await screen.findByRole('button', { name: 'Leave out row 3' }))
  await user.click(screen.getByRole('button', { name: 'Leave out row 5' }))
  await waitFor(() => expect(waiting).toHaveLength(2))
  return user
}

describe('two rows left out, the second before the answer to the first', () => {
  test.each([
    { name: 'in their order', order: [0, 1] },
    { name: 'the other way round', order: [1, 0] },
  ])('stay out when the answers come $name', async ({ order }) => {
    await leaveOutThreeAndFive()
    expect(waiting.map(({ rows }) => rows)).toEqual([
      [1, 2, 4, 5],
      [1, 2, 4],
    ])
    for (const place of order) {
      waiting[place]?.answer()
      await new Promise((resolve) => setTimeout(resolve, 50))
    }
    expect(await screen.findByText('Left out: 2')).toBeVisible()
    expect(screen.getByText('3 certificates in 1 order')).toBeVisible()
    expect(screen.getByRole('button', { name: 'Put back row 3' })).toBeVisible()
    expect(screen.getByRole('button', { name: 'Put back row 5' })).toBeVisible()
    expect(screen.queryByText('Reading the rows')).toBeNull()
  })

  test('are both as they were when the answer to both fails', async () => {
    await leaveOutThreeAndFive()
    waiting[0]?.answer()
    waiting[1]?.answer(true)
    expect(await screen.findByText('The list could not be read')).toBeVisible()
    expect(screen.getByText('5 certificates in 1 order')).toBeVisible()
    expect(screen.queryByText(/^Left out/)).toBeNull()
  })
})

test('nothing is ordered while rows are being read', async () => {
  const { user } = await openList()
  await user.click(await screen.findByRole('button', { name: 'Leave out row 3' }))
  await user.click(screen.getByRole('button', { name: 'Place 1 order' }))
  expect(await screen.findByRole('alert')).toHaveTextContent('The rows are being read')
  expect(placed).toEqual([])
  await waitFor(() => expect(waiting).toHaveLength(1))
  waiting[0]?.answer()
  expect(await screen.findByText('4 certificates in 1 order')).toBeVisible()
  expect(screen.queryByRole('alert')).toBeNull()
  await user.click(screen.getByRole('button', { name: 'Place 1 order' }))
  await waitFor(() => expect(placed).toEqual([expect.objectContaining({ seen_total_cents: 40000 })]))
  // What was refused is read anew.
  await waitFor(() => expect(waiting).toHaveLength(2))
  waiting[1]?.answer()
})
