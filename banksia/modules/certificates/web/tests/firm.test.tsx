import { screen, waitFor } from '@testing-library/react'
import { forgetPerson } from '@banksia/kit'
import { afterEach, describe, expect, test } from 'vitest'
import { customer, http, HttpResponse, renderPage, server } from '@banksia/kit/testing'
import type { OrderSummary } from '../api'
import { changeLines, keepContact, readBasket } from '../components/basket'
import { firmOf, SELF } from '../components/whom-for'
import { contactPage, ordersPage } from '../routes'

const mei = customer()
const FIRM = '01990000-0000-7000-8000-00000000000b'
const SAM = '01990000-0000-7000-8000-00000000000a'
const firms = [
  { id: FIRM, name: 'Dale & Kaur', people: [{ user_id: SAM, name: 'Sam Osei', has_left: true }] },
]
const order: OrderSummary = {
  id: '01990000-0000-7000-8000-00000000000c',
  number: 'BH-2026-00007',
  placed_at: '2026-11-27T01:00:00Z',
  reference: '26/1183 Ferris',
  firm_name: 'Dale & Kaur',
  placed_by_name: 'Sam Osei',
  contact_name: 'Dale & Kaur Lawyers',
  money: 'paid',
  work: 'in_work',
  total_cents: 6900,
  due_on: '2026-12-04',
  addresses: ['54 WILLIWA STREET PORTLAND NSW 2847'],
  parcels: ['2/2/DP2288'],
  products: ['603'],
  ready_count: 0,
  mail_bounced_at: null,
  line_count: 1,
}

const inFirms = (found: typeof firms) => {
  server.use(
    http.get('*/api/auth/firms', () => HttpResponse.json({ firms: found, invitations: [] })),
    http.get('*/api/certificates/catalogue', () => new HttpResponse(null, { status: 503 })),
  )
}

afterEach(() => {
  changeLines(() => [])
  keepContact(null)
})

describe('checkout', () => {
  const filled = () => {
    changeLines(() => [
      { propertyId: 'p', address: 'A', parcel: '2/2/DP2288', product: '603', urgent: false },
    ])
    return renderPage(contactPage, undefined, { user: mei })
  }

  test('is for the firm used last unless the person says otherwise', async () => {
    inFirms(firms)
    const { user } = await filled()
    expect(await screen.findByRole('radio', { name: /^Dale & Kaur/ })).toBeChecked()
    await user.click(screen.getByRole('button', { name: 'Continue to review' }))
    await waitFor(() => expect(readBasket().contact?.firm).toBe(FIRM))
    expect(firmOf(firms, SELF)).toBe(SELF)
    expect(firmOf(firms, 'a firm that was left')).toBe(FIRM)
  })

  test('does not ask whoever belongs to no firm', async () => {
    inFirms([])
    await filled()
    expect(await screen.findByLabelText('Matter number (optional)')).toBeVisible()
    expect(screen.queryByRole('radio')).toBeNull()
  })

  test('whoever was not asked has not chosen, and orders for the firm that they join later', async () => {
    inFirms([])
    const { user } = await filled()
    await user.click(await screen.findByRole('button', { name: 'Continue to review' }))
    await waitFor(() => expect(readBasket().contact?.name).toBe(mei.name))
    expect(firmOf(firms, readBasket().contact?.firm)).toBe(FIRM)
  })

  test('leaves nothing of a person who signs out', async () => {
    inFirms([])
    const { user } = await filled()
    await user.click(await screen.findByRole('button', { name: 'Continue to review' }))
    await waitFor(() => expect(readBasket().contact?.name).toBe(mei.name))
    forgetPerson()
    expect(readBasket()).toEqual({ key: '', lines: [], contact: null })
    expect(sessionStorage).toHaveLength(0)
  })
})

test('the history says who placed what, and asks for one of them', async () => {
  inFirms(firms)
  const asked: string[] = []
  server.use(
    http.get('*/api/certificates/orders', ({ request }) => {
      asked.push(new URL(request.url).searchParams.get('placed_by_id') ?? 'anybody')
      return HttpResponse.json({ results: [order], next_cursor: null })
    }),
  )
  const { user } = await renderPage(ordersPage, ordersPage.href(), { user: mei })
  expect(await screen.findByRole('columnheader', { name: 'Placed by' })).toBeVisible()
  expect(screen.getByRole('cell', { name: /^Sam Osei/ })).toBeVisible()
  await user.selectOptions(screen.getByLabelText('Placed by'), 'Sam Osei (left)')
  await waitFor(() => expect(asked).toEqual(['anybody', SAM]))
})
