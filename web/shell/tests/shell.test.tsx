import { render, screen, waitFor, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { onlineManager } from '@tanstack/react-query'
import { createMemoryHistory } from '@tanstack/react-router'
import { describe, expect, test, vi } from 'vitest'
import {
  customer,
  http,
  HttpResponse,
  problem,
  server,
  setWidth,
  signedIn,
  staff,
} from '@banksia/kit/testing'
import { App } from '../src/app'
import { readSearch } from '../src/page-route'
import { makeQueryClient } from '../src/query-client'
import { makeRouter } from '../src/router'
import { loadSession } from '../src/session'
import { z } from 'zod'

/** The whole application at an address, with the built-in modules as they are. */
async function open(href: string) {
  const queryClient = makeQueryClient(() => void router.invalidate())
  const router = makeRouter(queryClient)
  router.update({ ...router.options, history: createMemoryHistory({ initialEntries: [href] }) } as Parameters<
    typeof router.update
  >[0])
  await loadSession(queryClient)
  render(<App queryClient={queryClient} router={router} />)
  return { router, queryClient, user: userEvent.setup(), location: () => router.history.location.href }
}

const title = (name: string) => screen.findByRole('heading', { level: 1, name })

describe('the shell', () => {
  test('sends a stranger to sign in, and back to where they wanted to go', async () => {
    const { user, location } = await open('/staff?a=1')
    await title('Sign in')
    expect(location()).toBe('/auth/customer/sign-in?return_to=%2Fstaff%3Fa%3D1')
    server.use(http.post('*/api/auth/login', () => HttpResponse.json({ user: staff() })))
    signedIn(staff())
    await user.type(screen.getByLabelText('Email'), 'officer@bluehills.example')
    await user.type(screen.getByLabelText('Password'), 'banksia-demo')
    await user.click(screen.getByRole('button', { name: 'Sign in' }))
    await title('Today')
    expect(location()).toBe('/staff?a=1')
  })

  test('counts on Today what waits, as each module tells it, and leaves out what it cannot read', async () => {
    signedIn(staff())
    const counts = [
      { label: 'Overdue', count: 3, to: '/certificates/staff?view=overdue', alert: true },
      { label: 'Unassigned', count: 0, to: '/certificates/staff?view=unassigned', alert: false },
    ]
    server.use(
      http.get('*/api/modules', () => HttpResponse.json([{ name: 'certificates' }, { name: 'trees' }])),
      http.get('*/certificates/.well-known/banksia/dashboard.json', () =>
        HttpResponse.json({
          module: 'certificates',
          widgets: [{ name: 'queue', title: 'Certificate queue', content: { counts } }],
        }),
      ),
      http.get('*/trees/.well-known/banksia/dashboard.json', () =>
        HttpResponse.json({
          module: 'trees',
          widgets: [{ name: 'a', title: 'Trees', content: 'tall' }],
          failed: ['Trees to look at'],
        }),
      ),
    )
    await open('/staff')
    expect(await screen.findByText('Trees to look at could not be loaded')).toBeVisible()
    const queue = await screen.findByRole('region', { name: 'Certificate queue' })
    expect(within(queue).getByRole('link', { name: 'Overdue' })).toHaveAttribute(
      'href',
      '/certificates/staff?view=overdue',
    )
    expect(queue).toHaveTextContent('3Overdue0Unassigned')
    expect(screen.queryByText('Trees')).toBeNull()
  })

  test('tells a customer that the back office is not theirs', async () => {
    signedIn(customer())
    await open('/staff')
    await title('No access')
    expect(screen.getByText(/You do not have access to the back office\./)).toBeVisible()
  })

  test.each(['/nowhere', '/nowhere/at/all'])('says that nothing is at %s', async (href) => {
    await open(href)
    await title('Page not found')
    expect(document.title).toBe('Page not found - Blue Hills Shire Council')
  })

  test('moves the focus to the title of the next page, and not on the first', async () => {
    const { user } = await open('/auth/customer/sign-in')
    await title('Sign in')
    expect(document.body).toHaveFocus()
    await user.click(screen.getByRole('link', { name: 'Make an account' }))
    const next = await title('Make an account')
    await waitFor(() => expect(next).toHaveFocus())
    expect(document.title).toBe('Make an account - Blue Hills Shire Council')
  })

  test('signs out: the session is ended and its pages are left', async () => {
    signedIn(staff())
    let ended = false
    server.use(
      http.post('*/api/auth/logout', () => {
        ended = true
        signedIn(null)
        return new HttpResponse(null, { status: 204 })
      }),
    )
    const { user, location } = await open('/staff')
    await user.click(await screen.findByRole('button', { name: /Priya Nair/ }))
    await user.click(screen.getByRole('button', { name: 'Sign out' }))
    await waitFor(() => expect(location()).toBe('/'))
    expect(await screen.findByRole('link', { name: 'Sign in' })).toBeVisible()
    expect(ended).toBe(true)
  })

  test('a session that has ended elsewhere leads to signing in again', async () => {
    signedIn(staff())
    const { queryClient, location } = await open('/staff')
    await title('Today')
    signedIn(null)
    server.use(http.get('*/api/x', () => problem(401, 'Sign in to continue.')))
    const { fetchJson } = await import('@banksia/kit')
    await queryClient
      .query({ queryKey: ['x'], queryFn: () => fetchJson('/api/x'), retry: false })
      .catch(() => undefined)
    await title('Sign in')
    expect(location()).toBe('/auth/customer/sign-in?return_to=%2Fstaff')
  })

  test('a session that has ended takes nothing from who is typing', async () => {
    signedIn(staff())
    const { queryClient, location } = await open('/staff')
    await title('Today')
    const field = document.createElement('textarea')
    document.querySelector('main')?.append(field)
    field.focus()
    signedIn(null)
    server.use(http.get('*/api/x', () => problem(401, 'Sign in to continue.')))
    const { fetchJson } = await import('@banksia/kit')
    await queryClient
      .query({ queryKey: ['x'], queryFn: () => fetchJson('/api/x'), retry: false })
      .catch(() => undefined)
    await new Promise((resolve) => setTimeout(resolve, 200))
    expect(location()).toBe('/staff')
    expect(field).toBeVisible()
  })

  test('the menu of a phone closes over the page that it led to', async () => {
    setWidth(390)
    const { user } = await open('/')
    await user.click(await screen.findByRole('button', { name: 'Menu' }))
    await user.click(within(screen.getByRole('dialog')).getByRole('link', { name: 'Sign in' }))
    await title('Sign in')
    expect(screen.queryByRole('dialog')).toBeNull()
  })
})

test('without a connection what is asked for fails at once, and nothing is sent later', async () => {
  const queryClient = makeQueryClient(() => undefined)
  onlineManager.setOnline(false)
  try {
    const send = vi.fn(() => Promise.reject(new TypeError('Failed to fetch')))
    const mutation = queryClient.getMutationCache().build(queryClient, { mutationFn: send })
    await expect(mutation.execute(undefined)).rejects.toThrow()
    const query = queryClient.query({ queryKey: ['x'], queryFn: send, retry: false })
    await expect(query).rejects.toThrow()
    expect(send).toHaveBeenCalledTimes(2)
  } finally {
    onlineManager.setOnline(true)
  }
})

test('a key of an address that cannot be read falls away, the others stay', () => {
  const search = z.object({ view: z.enum(['mine', 'all']).optional(), page: z.coerce.number().optional() })
  expect(readSearch({ search }, { view: 'broken', page: '3', other: '1' })).toEqual({ page: 3 })
})
