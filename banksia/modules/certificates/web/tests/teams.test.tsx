import { screen, waitFor, within } from '@testing-library/react'
import { expect, test } from 'vitest'
import { http, HttpResponse, problem, renderPage, server, staff } from '@banksia/kit/testing'
import type { TeamRead } from '../api'
import { teamsPage } from '../staff-routes'

const PRIYA = { id: '01990000-0000-7000-8000-0000000000a1', name: 'Priya Nair' }
const rates: TeamRead = {
  id: '01990000-0000-7000-8000-0000000000b1',
  name: 'Rates',
  products: ['603'],
  members: [PRIYA],
  is_mine: false,
}
const sold = (code: string, short_title: string) => ({ code, short_title, title: short_title, kind: 'sale' })

test('a team takes what no other prepares, and a refusal lands on its field', async () => {
  const sent: unknown[] = []
  server.use(
    http.get('*/api/certificates/teams', () => HttpResponse.json({ teams: [rates] })),
    http.get('*/api/certificates/officers', () => HttpResponse.json({ officers: [PRIYA] })),
    http.get('*/api/certificates/catalogue', () =>
      HttpResponse.json({ products: [sold('603', '603'), sold('10.7-2', 'Planning 10.7(2)')] }),
    ),
    http.post('*/api/certificates/teams', async ({ request }) => {
      sent.push(await request.json())
      return problem(422, 'There is a team called Rates already.', [
        { field: 'name', message: 'There is a team called Rates already.' },
      ])
    }),
  )
  const { user } = await renderPage(teamsPage, undefined, { user: staff('certificates.products.manage') })
  expect(await screen.findByRole('form', { name: 'Team Rates' })).toBeVisible()
  await user.click(screen.getByRole('button', { name: 'Add a team' }))
  const form = within(await screen.findByRole('form', { name: 'New team' }))
  expect(await form.findByRole('checkbox', { name: '603 (prepared by Rates)' })).toBeDisabled()
  await user.click(form.getByRole('button', { name: 'Add team' }))
  expect(await form.findByText(/Enter a name/, { selector: 'a' })).toBeVisible()
  await user.type(form.getByLabelText('Name'), 'Rates')
  await user.click(form.getByRole('checkbox', { name: 'Planning 10.7(2)' }))
  await user.click(form.getByRole('checkbox', { name: 'Priya Nair' }))
  await user.click(form.getByRole('button', { name: 'Add team' }))
  expect(await form.findByText(/There is a team called Rates already/, { selector: 'a' })).toBeVisible()
  await waitFor(() => expect(sent).toEqual([{ name: 'Rates', products: ['10.7-2'], member_ids: [PRIYA.id] }]))
})
