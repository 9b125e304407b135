import { render, screen, waitFor } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { createMemoryHistory } from '@tanstack/react-router'
import { expect, test, vi } from 'vitest'
import { http, HttpResponse, server, signedIn, staff } from '@banksia/kit/testing'
import { App } from '../src/app'
import { makeQueryClient } from '../src/query-client'
import { makeRouter } from '../src/router'
import { reloadWhenPolicyIsOld } from '../src/module-host/stale-policy'
import { loadSession } from '../src/session'

const BOOKINGS = {
  name: 'bookings',
  title: 'Hall bookings',
  kind: 'workflow',
  page_url: '/modules/bookings/page.js?v=1',
  page_mode: 'frame',
  depends_on: ['property'],
  capabilities: ['property.search'],
  notices: ['Halls is switched off. Switch it on under Modules.'],
  navigation: [{ label: 'Hall bookings', to: '/bookings/staff', area: 'staff', group: '' }],
}

/** The shell at an address of the module, as staff or as nobody. */
async function open(href: string, entry: object = BOOKINGS) {
  server.use(http.get('*/api/modules', () => HttpResponse.json([entry])))
  const queryClient = makeQueryClient(() => void router.invalidate())
  const router = makeRouter(queryClient)
  router.update({ ...router.options, history: createMemoryHistory({ initialEntries: [href] }) } as Parameters<
    typeof router.update
  >[0])
  await loadSession(queryClient)
  render(<App queryClient={queryClient} router={router} />)
  const frame = () => screen.findByTitle<HTMLIFrameElement>('Hall bookings')
  const say = async (message: object) => {
    const source = (await frame()).contentWindow
    window.dispatchEvent(
      new MessageEvent('message', { data: { banksia: 1, message }, source, origin: 'null' }),
    )
  }
  return { frame, say, location: () => router.history.location.href, user: userEvent.setup() }
}

test('a page that is not trusted stands in a frame without an origin, as high as its content', async () => {
  signedIn(staff())
  const { frame, say } = await open('/bookings/staff/4')
  const element = await frame()
  expect(element).toHaveAttribute('sandbox', 'allow-scripts allow-forms allow-downloads')
  expect(element.getAttribute('src')).toBe('/modules/bookings/frame.html')
  await say({ type: 'mounted' })
  await say({ type: 'height', height: 640 })
  await waitFor(() => expect(element).toHaveStyle({ height: '640px' }))
  await say({ type: 'title', title: 'Memorial Hall' })
  await waitFor(() => expect(document.title).toMatch(/^Memorial Hall - /))
  expect(screen.getByText('Halls is switched off. Switch it on under Modules.')).toBeVisible()
  expect(screen.getByRole('link', { name: 'Hall bookings' })).toHaveAttribute('href', '/bookings/staff')
})

test('customers do not read what an administrator should switch on', async () => {
  const { frame } = await open('/bookings/customer')
  await frame()
  expect(screen.getByText('Some of Hall bookings is not available now')).toBeVisible()
  expect(screen.queryByText(/Switch it on/)).toBeNull()
})

test('a module that is down is said with a way to try again', async () => {
  vi.spyOn(console, 'error').mockImplementation(() => undefined)
  const { frame, say, user } = await open('/bookings/customer')
  await say({ type: 'broken', message: 'Failed to fetch' })
  expect(await screen.findByRole('alert')).toHaveTextContent('Hall bookings is not available now')
  await user.click(screen.getByRole('button', { name: 'Try again' }))
  expect(await frame()).toBeInTheDocument()
  expect(screen.queryByRole('alert')).toBeNull()
})

test('a script that did not come is asked for under a new address', async () => {
  vi.spyOn(console, 'error').mockImplementation(() => undefined)
  const { user } = await open('/bookings/customer', { ...BOOKINGS, page_mode: 'origin' })
  await user.click(await screen.findByRole('button', { name: 'Try again' }))
  await waitFor(() =>
    expect(vi.mocked(console.error).mock.calls.some(([error]) => String(error).includes('again=1'))).toBe(
      true,
    ),
  )
  expect(await screen.findByRole('alert')).toBeVisible()
})

test('a document that is older than its policy is loaded anew, once, and for its own module alone', () => {
  const reload = vi.fn()
  const stop = reloadWhenPolicyIsOld('bookings', reload)
  const refuse = (blockedURI: string) =>
    document.dispatchEvent(Object.assign(new Event('securitypolicyviolation'), { blockedURI }))
  refuse('http://bluehills.localhost/modules/trees/page.js')
  refuse('https://elsewhere.example/modules/bookings/page.js')
  expect(reload).not.toHaveBeenCalled()
  refuse('http://bluehills.localhost/modules/bookings/page.js')
  refuse('http://bluehills.localhost/modules/bookings/frame.html')
  expect(reload).toHaveBeenCalledOnce()
  stop()
})
