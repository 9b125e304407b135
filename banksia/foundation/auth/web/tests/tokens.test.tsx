import { screen } from '@testing-library/react'
import { expect, test } from 'vitest'
import { customer, http, HttpResponse, problem, renderPage, server } from '@banksia/kit/testing'
import { newTokenPage, tokensPage } from '../routes'

const USER = { user: customer('auth.tokens.keep') }
const SCOPE = { name: 'certificates.own_orders.read', title: 'Read your orders' }
const TOKEN = {
  id: '01990000-0000-7000-8000-00000000000a',
  name: 'LEAP',
  prefix: 'bks_Ab12Cd',
  scopes: [SCOPE.name],
  created_at: '2026-11-28T01:00:00Z',
  expires_at: '2027-11-28T01:00:00Z',
  last_used_on: null,
}

/** The list as it stands after each change. */
function listed(...tokens: (typeof TOKEN)[]) {
  server.use(http.get('*/api/auth/tokens', () => HttpResponse.json({ tokens, scopes: [SCOPE] })))
}

test('a token is made, shown once and can be copied', async () => {
  listed()
  const bodies: unknown[] = []
  server.use(
    http.post('*/api/auth/tokens', async ({ request }) => {
      bodies.push(await request.json())
      return HttpResponse.json({ ...TOKEN, token: 'bks_Ab12Cd-secret' }, { status: 201 })
    }),
  )
  const { user } = await renderPage(newTokenPage, undefined, USER)
  await user.click(await screen.findByRole('button', { name: 'Make token' }))
  expect(await screen.findByText(/Choose at least one thing/, { selector: 'a' })).toBeVisible()
  await user.type(screen.getByLabelText(/What it is for/), 'LEAP')
  await user.click(screen.getByLabelText('Read your orders'))
  await user.click(screen.getByRole('button', { name: 'Make token' }))
  expect(await screen.findByText('bks_Ab12Cd-secret')).toBeVisible()
  expect(bodies).toEqual([{ name: 'LEAP', scopes: [SCOPE.name], expires_in_days: 365 }])
  await user.click(screen.getByRole('button', { name: 'Copy token' }))
  expect(await screen.findByText('Copied')).toBeVisible()
})

test('tokens are listed by their beginning and revoked', async () => {
  listed(TOKEN)
  server.use(
    http.delete('*/api/auth/tokens/:id', () => {
      listed()
      return new HttpResponse(null, { status: 204 })
    }),
  )
  const { user } = await renderPage(tokensPage, undefined, USER)
  expect(await screen.findByText('bks_Ab12Cd…')).toBeVisible()
  expect(screen.getByText(/Never used, ends 28 Nov 2027/)).toBeVisible()
  await user.click(screen.getByRole('button', { name: 'Revoke LEAP' }))
  expect(await screen.findByText(/You have no tokens/)).toBeVisible()
})

test('a token that is not revoked says so', async () => {
  listed(TOKEN)
  server.use(http.delete('*/api/auth/tokens/:id', () => problem(404, 'You have no such API token.')))
  const { user } = await renderPage(tokensPage, undefined, USER)
  await user.click(await screen.findByRole('button', { name: 'Revoke LEAP' }))
  expect(await screen.findByRole('alert')).toHaveTextContent('You have no such API token.')
})
