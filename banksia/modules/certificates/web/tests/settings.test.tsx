import { fireEvent, screen, waitFor } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { describe, expect, test } from 'vitest'
import { http, HttpResponse, problem, renderPage, server, staff } from '@banksia/kit/testing'
import type { ProductRead, StandardAnswerRead } from '../api'
import { newProductPage, productPage, productsPage, standardAnswersPage } from '../staff-routes'

const user = staff('certificates.products.manage', 'certificates.templates.manage')
const rates: ProductRead = {
  code: '603',
  kind: 'sale',
  title: 'Section 603 certificate',
  short_title: '603',
  description: '',
  law: '',
  link_url: null,
  template: 'rates',
  number_prefix: '603',
  contains: [],
  turnaround_days: 5,
  urgent_turnaround_days: null,
  cut_off: '15:00:00',
  closed_from_on: null,
  opens_again_on: null,
  closed_reason: 'It was closed once.',
  is_offered: true,
  needs_check: false,
  position: 3,
  version: 7,
  fees: [],
}
/** The form is long, and its parts come with the calendar. */
const PATIENCE = { timeout: 10_000 }
const type = (label: string, value: string) =>
  fireEvent.change(screen.getByLabelText(label), { target: { value } })
const listed = () => http.get('*/certificates/products', () => HttpResponse.json({ products: [rates] }))

describe('adding a certificate', () => {
  test('asks for what is missing, and a fee is more than nothing', async () => {
    server.use(listed())
    await renderPage(newProductPage, newProductPage.href(), { user })
    fireEvent.click(await screen.findByText('Add certificate', {}, PATIENCE))
    expect((await screen.findAllByText(/Enter up to 40 letters/, {}, PATIENCE)).length).toBeGreaterThan(0)
    expect(screen.getAllByText(/Enter the fee in dollars/).length).toBeGreaterThan(0)
    type('Fee', '0')
    fireEvent.click(screen.getByText('Add certificate'))
    expect((await screen.findAllByText(/A fee is more than nothing/, {}, PATIENCE)).length).toBeGreaterThan(0)
  }, 60_000)

  test('is sent with its fee, and what the server refuses stands on its field', async () => {
    const sent: unknown[] = []
    server.use(
      listed(),
      http.post('*/certificates/products', async ({ request }) => {
        sent.push(await request.json())
        return problem(422, 'In use.', [{ field: 'code', message: 'A product with this code exists.' }])
      }),
    )
    await renderPage(newProductPage, newProductPage.href(), { user })
    await screen.findByText('Add certificate', {}, PATIENCE)
    type('Code', '149D')
    type('Title', 'Building certificate')
    type('Short title', 'Building')
    type('Number prefix', '149D')
    fireEvent.click(screen.getByLabelText('Section 603 certificate'))
    type('Fee', '250')
    type('General-ledger code', '4100')
    fireEvent.click(screen.getByText('Add certificate'))
    expect(
      (await screen.findAllByText('A product with this code exists.', {}, PATIENCE)).length,
    ).toBeGreaterThan(0)
    expect(sent).toHaveLength(1)
    expect(sent[0]).toMatchObject({
      code: '149D',
      kind: 'sale',
      contains: ['603'],
      number_prefix: '149D',
      position: 4,
      link_url: null,
      fee: { fee_cents: 25_000, urgent_fee_cents: null, gst_treatment: 'exempt' },
    })
  }, 60_000)

  test('a link is asked for its address, and for no fee, template or days', async () => {
    const sent: unknown[] = []
    server.use(
      listed(),
      http.post('*/certificates/products', async ({ request }) => {
        sent.push(await request.json())
        return problem(422, 'No.', [])
      }),
    )
    await renderPage(newProductPage, newProductPage.href(), { user })
    fireEvent.click(await screen.findByLabelText(/A link leads to/, {}, PATIENCE))
    expect(screen.queryByLabelText('Working days')).toBeNull()
    expect(screen.queryByLabelText('Fee')).toBeNull()
    type('Code', 'bic')
    type('Title', 'Building information')
    type('Short title', 'Building')
    type('Address of the link', 'portal')
    fireEvent.click(screen.getByText('Add certificate'))
    expect((await screen.findAllByText(/Enter the whole address/)).length).toBeGreaterThan(0)
    type('Address of the link', 'https://portal.example/bic')
    fireEvent.click(screen.getByText('Add certificate'))
    await waitFor(() => {
      expect(sent).toHaveLength(1)
    })
    expect(sent[0]).toMatchObject({ kind: 'link', link_url: 'https://portal.example/bic', fee: null })
  })
})

test('a certificate keeps what is not shown of it, and says when nobody can order it', async () => {
  const sent: unknown[] = []
  server.use(
    listed(),
    http.put('*/certificates/products/603', async ({ request }) => {
      sent.push(await request.json())
      return HttpResponse.json({ ...rates, version: 8 })
    }),
  )
  await renderPage(productPage, productPage.href({ params: { code: '603' } }), { user })
  expect(await screen.findByText('It has no fee today, so nobody can order it', {}, PATIENCE)).toBeVisible()
  type('Made with', 'orders')
  fireEvent.click(screen.getByText('Save certificate'))
  await waitFor(() => {
    expect(sent).toEqual([
      {
        ...Object.fromEntries(Object.entries(rates).filter(([name]) => name !== 'code' && name !== 'fees')),
        template: 'orders',
        cut_off: '15:00',
      },
    ])
  })
})

test('the list says what stands, whatever reason was typed once', async () => {
  const fee = {
    id: '01990000-0000-7000-8000-000000000301',
    valid_from_on: '2026-07-01',
    fee_cents: 10_000,
    urgent_fee_cents: null,
    gst_treatment: 'exempt',
    gl_code: '1',
    status: 'in_force',
  } as const
  server.use(
    http.get('*/certificates/products', () =>
      HttpResponse.json({
        products: [rates, { ...rates, code: '735A', title: 'Notices', fees: [fee] }],
      }),
    ),
  )
  await renderPage(productsPage, productsPage.href(), { user })
  expect(await screen.findByText('No fee yet', {}, PATIENCE)).toBeVisible()
  expect(screen.getByText('Offered')).toBeVisible()
  expect(screen.getByRole('link', { name: 'Add a certificate' })).toBeVisible()
})

describe('standard answers', () => {
  const widening: StandardAnswerRead = {
    key: 'road_widening',
    label: 'Road widening',
    kind: 'choice',
    choices: [
      { value: 'yes', words: 'The land is affected.' },
      { value: 'no', words: 'The land is not affected.' },
    ],
    products: ['Planning 10.7(2)'],
    answer: 'no',
    usual: null,
    is_recorded: false,
    changed_at: '2026-11-24T23:42:00Z',
    changed_by_name: 'Jack Lindqvist',
  }
  const plan: StandardAnswerRead = {
    ...{ ...widening, key: 'lep', label: 'Local environmental plan', kind: 'text', choices: [] },
    ...{ answer: null, changed_at: null, changed_by_name: null },
  }

  test('show what holds and since when, and are saved upon the answer that was read', async () => {
    const sent: unknown[] = []
    server.use(
      http.get('*/certificates/standard-answers', () => HttpResponse.json({ answers: [widening, plan] })),
      http.put('*/certificates/standard-answers/:key', async ({ request, params }) => {
        sent.push([params['key'], await request.json()])
        return problem(409, 'Mei Adeyemi changed this answer after you opened it.', [])
      }),
    )
    await renderPage(standardAnswersPage, standardAnswersPage.href(), { user })
    expect(await screen.findByText('No: The land is not affected.')).toBeVisible()
    expect(screen.getByText(/^Since 25 Nov 2026, by Jack Lindqvist/)).toBeVisible()
    expect(screen.getByText('1 of 2 questions answered for all land.')).toBeVisible()
    expect(screen.getByText('Answered by an officer for each certificate.')).toBeVisible()
    await userEvent.click(screen.getByRole('button', { name: 'Change Road widening' }))
    await userEvent.click(screen.getByRole('radio', { name: /None for all land/ }))
    await userEvent.click(screen.getByRole('button', { name: 'Save answer' }))
    expect(await screen.findByText(/Mei Adeyemi changed this answer/)).toBeVisible()
    expect(sent).toEqual([['road_widening', { answer: null, seen: 'no' }]])
  })
})
