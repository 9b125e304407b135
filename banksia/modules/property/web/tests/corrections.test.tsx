import { screen, waitFor, within } from '@testing-library/react'
import { describe, expect, test } from 'vitest'
import { http, HttpResponse, problem, renderPage, server, staff } from '@banksia/kit/testing'
import { correctionsPage, correctPage } from '../routes'
import { ID } from './land'
import { correction } from './records'
import { page, serve } from './serve'

describe('proposing a correction', () => {
  const open = async () => {
    serve()
    return renderPage(correctPage, correctPage.href({ params: { propertyId: ID } }), {
      user: staff('property.corrections.propose'),
    })
  }

  test('names the record, shows what it says, and sends what it should say', async () => {
    const sent: unknown[] = []
    const { user, location } = await open()
    server.use(
      http.post(`*/api/property/properties/${ID}/corrections`, async ({ request }) => {
        sent.push(await request.json())
        return HttpResponse.json(correction, { status: 201 })
      }),
    )
    await user.selectOptions(await screen.findByLabelText('What is wrong'), 'Area of Lot 13 DP 1242624')
    expect(screen.getByText('1,012 m²')).toBeVisible()
    await user.type(screen.getByLabelText('It should say'), '1018')
    await user.type(screen.getByLabelText('How you know'), 'Plan of 2018')
    await user.click(screen.getByRole('button', { name: 'Propose correction' }))
    await waitFor(() => expect(location()).toBe(`/property/staff/corrections?property=${ID}`))
    expect(sent).toEqual([
      { record_id: 'p13', field: 'area_square_metres', value: '1018', reason: 'Plan of 2018' },
    ])
  })

  test('keeps what was typed when the server refuses it, and says so on the field', async () => {
    const { user } = await open()
    server.use(
      http.post(`*/api/property/properties/${ID}/corrections`, () =>
        problem(422, 'Check', [{ field: 'value', message: 'The postcode has four digits.' }]),
      ),
    )
    await user.selectOptions(
      await screen.findByLabelText('What is wrong'),
      'Postcode of 9 Portland Road Portland',
    )
    await user.type(screen.getByLabelText('It should say'), '28')
    await user.type(screen.getByLabelText('How you know'), 'Australia Post')
    await user.click(screen.getByRole('button', { name: 'Propose correction' }))
    expect(await screen.findByRole('link', { name: /The postcode has four digits/ })).toBeVisible()
    expect(screen.getByLabelText('It should say')).toHaveValue('28')
  })

  test('a status is chosen, without the one that it has', async () => {
    const { user } = await open()
    await user.selectOptions(await screen.findByLabelText('What is wrong'), 'Status of Lot 13 DP 1242624')
    const choices = within(screen.getByLabelText('It should say')).getAllByRole('option')
    expect(choices.map(({ textContent }) => textContent)).toEqual(['Choose', 'Proposed', 'Historic'])
  })
})

describe('deciding', () => {
  const open = (changes: Partial<typeof correction> = {}) => {
    server.use(
      http.get('*/api/property/corrections', () => HttpResponse.json(page({ ...correction, ...changes }))),
    )
    return renderPage(correctionsPage, correctionsPage.href(), { user: staff('property.corrections.decide') })
  }

  test('says what approving does before it is done', async () => {
    let approved = false
    const { user } = await open()
    server.use(
      http.post('*/api/property/corrections/c1/approve', () => {
        approved = true
        return HttpResponse.json({ ...correction, state: 'approved' })
      }),
    )
    expect(await screen.findByText('9A Portland Road, Portland')).toBeVisible()
    await user.click(screen.getByRole('button', { name: 'Approve' }))
    const dialog = screen.getByRole('dialog')
    expect(within(dialog).getByText(/Imports keep to it/)).toBeVisible()
    await user.click(within(dialog).getByRole('button', { name: 'Approve correction' }))
    await waitFor(() => expect(approved).toBe(true))
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull())
  })

  test('rejecting needs a reason', async () => {
    const { user } = await open()
    await user.click(await screen.findByRole('button', { name: 'Reject' }))
    await user.click(screen.getByRole('button', { name: 'Reject correction' }))
    expect(await screen.findByRole('link', { name: /Say why/ })).toBeVisible()
  })

  test('who proposed it may only withdraw it', async () => {
    await open({ may_decide: false, may_withdraw: true })
    expect(await screen.findByText('You proposed this, so another officer decides.')).toBeVisible()
    expect(screen.queryByRole('button', { name: 'Approve' })).toBeNull()
    expect(screen.getByRole('button', { name: 'Withdraw' })).toBeVisible()
  })

  test('an approved one says whether imports keep to it', async () => {
    await open({
      state: 'approved',
      is_binding: true,
      decided_at: '2026-11-24T03:00:00Z',
      decided_by_name: 'Ana Silva',
    })
    expect(await screen.findByText('Imports keep to it')).toBeVisible()
    expect(screen.getByText(/Ana Silva/)).toBeVisible()
    expect(screen.queryByRole('button', { name: 'Approve' })).toBeNull()
  })

  test('says when nothing waits', async () => {
    server.use(http.get('*/api/property/corrections', () => HttpResponse.json(page())))
    await renderPage(correctionsPage, correctionsPage.href())
    expect(await screen.findByText('No correction awaits a decision.')).toBeVisible()
  })
})
