import { screen, waitFor, within } from '@testing-library/react'
import { forgetPerson } from '@banksia/kit'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { http, HttpResponse, problem, renderPage, server, staff } from '@banksia/kit/testing'
import type { CatalogueRead } from '../api'
import { counterPage, staffOrderPage } from '../staff-routes'

const PROPERTY = '01990000-0000-7000-8000-0000000000c1'
const ORDER = '01990000-0000-7000-8000-0000000000c2'
const clerk = staff('certificates.orders.lodge')
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
      standard_due_on: '2026-12-04',
    },
  ],
  refund_sentence: '',
  card_surcharge_basis_points: 0,
} as unknown as CatalogueRead
const lot = (text: string, status: string) => ({ id: text, text, title: `Lot ${text}`, status })
const property = {
  id: PROPERTY,
  address: '54 WILLIWA STREET PORTLAND NSW 2847',
  assessment: null,
  parcels: [lot('2/2/DP2288', 'current'), lot('1//DP5', 'historic')],
}

let placed: { key: string | null; body: unknown }[] = []
let refuse = false

beforeEach(() => {
  placed = []
  refuse = false
  server.use(
    http.get('*/api/certificates/catalogue', () => HttpResponse.json(catalogue)),
    http.get(`*/api/property/properties/${PROPERTY}`, () => HttpResponse.json(property)),
    http.post('*/api/certificates/basket', () => HttpResponse.json({ total_cents: 0, lines: [] })),
    http.post('*/api/certificates/orders', async ({ request }) => {
      placed.push({ key: request.headers.get('Idempotency-Key'), body: await request.json() })
      return refuse
        ? problem(503, 'Try again in a minute.')
        : HttpResponse.json({ id: ORDER, number: 'BH-2026-00001' }, { status: 201 })
    }),
  )
})

afterEach(() => {
  forgetPerson()
})

const open = (user = clerk) =>
  renderPage(counterPage, counterPage.href({ search: { property: PROPERTY } }), { user })

/** A certificate, a historic lot with its reason, and the customer. */
async function begin() {
  const page = await open()
  await page.user.click(await screen.findByRole('checkbox', { name: '603 certificate' }))
  await page.user.type(screen.getByLabelText(/^Why order for/), 'The court asks')
  await page.user.click(screen.getByRole('button', { name: 'Order for it' }))
  await page.user.type(screen.getByLabelText('Name'), 'Rosalind Chu')
  await page.user.click(screen.getByLabelText('The customer collects it on paper'))
  return page
}

test('an order that was left by a link is there again, until it is placed', async () => {
  const before = await begin()
  before.unmount()
  const page = await open()
  expect(await screen.findByText('Ordered for all the same: The court asks')).toBeVisible()
  expect(screen.getByLabelText('Name')).toHaveValue('Rosalind Chu')
  expect(screen.getByLabelText('The customer collects it on paper')).toBeChecked()
  expect(
    screen.getByRole('button', { name: 'Remove 603 certificate for Lot 2 Section 2 DP 2288' }),
  ).toBeVisible()
  await page.user.click(screen.getByRole('button', { name: 'Continue to payment' }))
  await waitFor(() => expect(page.location()).toBe(staffOrderPage.href({ params: { orderId: ORDER } })))
  expect(placed).toEqual([
    {
      key: expect.any(String) as string,
      body: expect.objectContaining({
        contact: { name: 'Rosalind Chu', email: null, phone: null },
        collect: true,
        seen_total_cents: 10000,
      }) as object,
    },
  ])
  page.unmount()
  await open()
  expect(await screen.findByLabelText('Name')).toHaveValue('')
  expect(screen.queryByRole('button', { name: 'Clear this order' })).toBeNull()
})

test('the same order sent twice is one, and another customer makes another', async () => {
  refuse = true
  const { user } = await begin()
  const send = async (times: number) => {
    await user.click(screen.getByRole('button', { name: 'Continue to payment' }))
    await waitFor(() => expect(placed).toHaveLength(times))
    expect(await screen.findByText('Try again in a minute.')).toBeVisible()
  }
  await send(1)
  await send(2)
  await user.type(screen.getByLabelText('Phone (optional)'), '1')
  await send(3)
  expect(placed[1]?.key).toBe(placed[0]?.key)
  expect(placed[2]?.key).not.toBe(placed[0]?.key)
})

test('another account at the same tab, and who signs in after a sign-out, begin with nothing', async () => {
  const before = await begin()
  before.unmount()
  const other = await open({ ...clerk, id: ORDER })
  expect(await screen.findByLabelText('Name')).toHaveValue('')
  other.unmount()
  forgetPerson()
  expect(sessionStorage).toHaveLength(0)
  await open()
  expect(await screen.findByLabelText('Name')).toHaveValue('')
})

test('it is cleared for the next customer after a second thought', async () => {
  const { user, location } = await begin()
  await user.click(screen.getByRole('button', { name: 'Clear this order' }))
  await user.click(within(screen.getByRole('dialog')).getByRole('button', { name: 'Keep it' }))
  expect(screen.getByLabelText('Name')).toHaveValue('Rosalind Chu')
  await user.click(screen.getByRole('button', { name: 'Clear this order' }))
  await user.click(screen.getByRole('button', { name: 'Clear the order' }))
  await waitFor(() => expect(location()).toBe(counterPage.href()))
  expect(screen.queryByLabelText('Name')).toBeNull()
  expect(screen.getByRole('heading', { level: 1 })).toHaveFocus()
  expect(sessionStorage).toHaveLength(0)
})
