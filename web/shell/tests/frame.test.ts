import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { http, HttpResponse, organisation, server, staff } from '@banksia/kit/testing'
import { mayFetch, mayOpen } from '../src/module-host/addresses'
import { mountPage } from '../src/module-host/frame/bridge'
import { hostFrame } from '../src/module-host/frame/host-frame'
import type { Start, ToFrame, ToShell } from '../src/module-host/frame/messages'
import { readMessage } from '../src/module-host/frame/schema'
import type { PageContext } from '../src/module-host/contract'

/** Bytes as they come over the bridge: of the realm that receives them. */
const bytes = (text: string) => Uint8Array.from(text, (each) => each.charCodeAt(0)).buffer

const ID = '01990000-0000-7000-8000-00000000000a'
const ask = {
  type: 'fetch',
  id: 1,
  url: '/api/bookings/halls',
  method: 'GET',
  headers: {},
  body: null,
} as const

/** The shell around a frame, and what a page in it can do: say something, and hear what is answered. */
function frame() {
  const iframe = document.createElement('iframe')
  document.body.append(iframe)
  const own = iframe.contentWindow!
  const told: ToFrame[] = []
  vi.spyOn(own, 'postMessage').mockImplementation(((data: { message: ToFrame }) => {
    told.push(data.message)
  }) as typeof own.postMessage)
  let href = '/bookings/staff/list?x=1'
  const listeners = new Set<() => void>()
  const around = {
    module: 'bookings',
    capabilities: ['property.search'],
    script: '/modules/bookings/page.js',
    basePath: '/bookings/staff',
    area: 'staff' as const,
    requires: ['property'],
    organisation,
    user: staff('bookings.bookings.manage', 'property.properties.read', 'payments.payments.refund'),
    setTitle: vi.fn(),
    currentHref: () => href,
    navigate: vi.fn(),
    onNavigate: (listener: () => void) => {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    onHeight: vi.fn(),
    onMounted: vi.fn(),
    onBroken: vi.fn<(error: unknown) => void>(),
  }
  const leave = hostFrame(iframe, around)
  const hear = (
    data: unknown,
    { source = own, origin = 'null' }: { source?: Window; origin?: string } = {},
  ) => window.dispatchEvent(new MessageEvent('message', { data, source, origin }))
  const say = (message: unknown) => hear({ banksia: 1, message })
  const moveTo = (to: string) => {
    href = to
    for (const listener of listeners) listener()
  }
  return { around, told, hear, say, leave, moveTo, listeners }
}

/** The last answer once it is there. */
const answered = (told: ToFrame[]) =>
  vi.waitUntil(() => told.find(({ type }) => type === 'answer' || type === 'refused'))

let asked: string[] = []

beforeEach(() => {
  asked = []
  server.use(
    http.all('*/api/*', ({ request }) => {
      const { pathname, search } = new URL(request.url)
      asked.push(
        `${request.method} ${pathname}${search} ${request.headers.get('authorization') ?? ''}`.trim(),
      )
      return HttpResponse.json({ halls: 2 }, { headers: { 'X-Total': '2' } })
    }),
  )
})

afterEach(() => {
  document.body.replaceChildren()
  document.cookie = 'banksia_csrf=; max-age=0'
})

describe('the shell’s end of the bridge', () => {
  test('begins a page with its part of the address and no more of the person than concerns it', () => {
    const { say, told } = frame()
    say({ type: 'ready' })
    const { script, context } = told[0] as Start
    expect(script).toBe('/modules/bookings/page.js')
    expect(context).toMatchObject({ basePath: '/bookings/staff', area: 'staff', path: '/list?x=1' })
    expect(context.user?.permissions).toEqual(['bookings.bookings.manage', 'property.properties.read'])
    expect(context.user).not.toHaveProperty('email')
  })

  test('moves the page within its own part of the address, and tells it of moves', () => {
    const { say, around, moveTo, told } = frame()
    say({ type: 'navigate', path: '/4?a=1', replace: true })
    expect(around.navigate).toHaveBeenCalledWith('/bookings/staff/4?a=1', { replace: true })
    moveTo('/bookings/staff/4')
    moveTo('/certificates/staff')
    expect(told).toEqual([{ type: 'path', path: '/4' }])
    say({ type: 'title', title: 'Hall 4' })
    say({ type: 'height', height: 812 })
    expect(around.setTitle).toHaveBeenCalledWith('Hall 4')
    expect(around.onHeight).toHaveBeenCalledWith(812)
  })

  test('asks the API for it with the proof of our own pages, and keeps back what is not its to send', async () => {
    document.cookie = 'banksia_csrf=token'
    const { say, told } = frame()
    let proof: string | null = ''
    server.use(
      http.post('*/api/bookings/bookings', async ({ request }) => {
        proof = request.headers.get('X-CSRF-Token')
        asked.push(`${request.headers.get('authorization') ?? 'no token'} ${await request.text()}`)
        return HttpResponse.json({ id: 7 }, { status: 201 })
      }),
    )
    const body = bytes('{"hall":1}')
    const headers = {
      'content-type': 'application/json',
      authorization: 'Bearer forged',
      'x-csrf-token': 'forged',
    }
    say({ ...ask, url: '/api/bookings/bookings', method: 'POST', headers, body })
    expect(await answered(told)).toMatchObject({ type: 'answer', id: 1, status: 201 })
    expect([proof, ...asked]).toEqual(['token', 'no token {"hall":1}'])
  })

  test.each([
    '/api/auth/me',
    '/api/bookings/../auth/me',
    '/api/bookings/%2e%2e/auth/me',
    '/api/bookings/..%2fauth/me',
    '/api/bookings/..%5cauth/me',
    '/api/bookings\\..\\..\\auth/me',
    '/api/bookings//../../auth/me',
    '/api/bookings2/x',
    '/api/bookings',
    '/api/property/owners/search',
    `/api/property/properties/${ID}`,
    'https://elsewhere.example/api/bookings/x',
    '//elsewhere.example/api/bookings/x',
    'javascript:alert(1)',
    'data:text/plain,x',
    '',
  ])('does not ask for %s', async (url) => {
    const { say, told } = frame()
    say({ ...ask, url })
    expect(await answered(told)).toMatchObject({ type: 'refused', id: 1 })
    expect(asked).toEqual([])
  })

  test('reads what its capabilities name, and writes nothing there', async () => {
    const { say, told } = frame()
    say({ ...ask, url: '/api/property/search?q=7%20green' })
    expect(await answered(told)).toMatchObject({ type: 'answer', status: 200 })
    told.length = 0
    say({ ...ask, id: 2, url: '/api/property/search?q=7', method: 'POST' })
    expect(await answered(told)).toMatchObject({ type: 'refused', id: 2 })
    expect(asked).toEqual(['GET /api/property/search?q=7%20green'])
  })

  test('gives no answer from where the frame may not look, though it was led there', async () => {
    const { say, told } = frame()
    const led = Object.defineProperty(new Response('{"email":"x"}'), 'url', {
      value: 'http://bluehills.localhost/api/auth/me',
    })
    vi.spyOn(globalThis, 'fetch').mockResolvedValue(led)
    say(ask)
    expect(await answered(told)).toMatchObject({ type: 'refused' })
  })

  test.each([
    '/../../auth/customer/sign-in',
    '/%2e%2e/%2e%2e/staff',
    '/..\\..\\staff',
    '//elsewhere.example',
    '/..%2f..%2fstaff',
  ])('does not navigate to %s', (path) => {
    const { say, around } = frame()
    say({ type: 'navigate', path, replace: false })
    for (const [href] of around.navigate.mock.calls as [string][])
      expect(new URL(href, location.origin).href).toMatch(/^http:\/\/bluehills\.localhost\/bookings\/staff\//)
  })

  test.each([
    ['another window', { source: window }],
    ['another origin', { origin: 'http://bluehills.localhost' }],
  ])('does not listen to %s', (_, from) => {
    const { hear, around, told } = frame()
    hear({ banksia: 1, message: { type: 'title', title: 'x' } }, from)
    hear({ banksia: 1, message: { type: 'ready' } }, from)
    expect(around.setTitle).not.toHaveBeenCalled()
    expect(told).toEqual([])
  })

  test('takes a page that floods it for broken, and hears no more of it', () => {
    const { say, around } = frame()
    for (let said = 0; said < 1000; said++) say({ type: 'title', title: String(said) })
    expect(around.onBroken).toHaveBeenCalledOnce()
    expect(around.setTitle.mock.calls.length).toBeLessThanOrEqual(600)
  })

  test('gives up a page that does not come', () => {
    vi.useFakeTimers()
    const { around } = frame()
    vi.advanceTimersByTime(20_000)
    expect(String(around.onBroken.mock.calls[0]?.[0])).toContain('was not there in time')
    vi.useRealTimers()
  })

  test('stops everything when it is left', () => {
    const { say, leave, around, told, listeners } = frame()
    leave()
    say({ type: 'title', title: 'Too late' })
    expect(around.setTitle).not.toHaveBeenCalled()
    expect(listeners.size).toBe(0)
    expect(told).toEqual([{ type: 'leave' }])
  })
})

describe('a message', () => {
  test.each([
    undefined,
    null,
    'ready',
    { type: 'ready' },
    { banksia: 2, message: { type: 'ready' } },
    { banksia: 1, message: { type: 'eval', code: '1' } },
    { banksia: 1, message: { type: '__proto__' } },
    { banksia: 1, message: { type: 'height', height: '1px;position:fixed' } },
    { banksia: 1, message: { type: 'height', height: Number.POSITIVE_INFINITY } },
    { banksia: 1, message: { type: 'title', title: 'x'.repeat(201) } },
    { banksia: 1, message: { type: 'title', title: { toString: 'x' } } },
    { banksia: 1, message: { ...ask, method: 'CONNECT' } },
    { banksia: 1, message: { ...ask, id: -1 } },
    { banksia: 1, message: { ...ask, headers: { a: [] } } },
    { banksia: 1, message: { ...ask, body: { byteLength: 4 } } },
  ])('%j is none', (data) => expect(readMessage(data)).toBeNull())
})

test('a frame may lead to its own pages, to a property, to where one pays and to the sign-in', () => {
  const to = (address: string) => mayOpen('bookings', address)
  expect(to('/bookings/customer/4?a=1#b')).toBe('/bookings/customer/4?a=1#b')
  expect(to(`http://bluehills.localhost/property/staff/${ID}`)).toBe(`/property/staff/${ID}`)
  expect(to('/payments/customer/pay/abc')).toBe('/payments/customer/pay/abc')
  expect(to(`/payments/staff/payables/${ID}`)).toBe(`/payments/staff/payables/${ID}`)
  expect(to('/auth/customer/sign-in?next=/bookings')).toBe('/auth/customer/sign-in?next=/bookings')
  for (const address of [
    '/staff',
    '/auth/customer/account',
    '/payments/staff/refunds',
    '/bookings2',
    '/property/staffing',
    'https://x.example/bookings',
  ])
    expect(to(address)).toBeNull()
  expect(mayFetch('bookings', ['property.get'], 'GET', `/api/property/properties/${ID}`)).not.toBeNull()
})

describe('the frame’s end of the bridge', () => {
  const START: Start = {
    type: 'start',
    script: '/modules/bookings/page.js',
    theme: { '--agds-foreground-action': '#14563b' },
    context: {
      basePath: '/bookings/staff',
      area: 'staff',
      path: '/',
      organisation,
      user: null,
      locale: 'en-AU',
    },
  }

  /** A page in its frame, and what it says to the shell. */
  async function begun(mount?: (element: HTMLElement, context: PageContext) => unknown) {
    const said: ToShell[] = []
    const given = Promise.withResolvers<PageContext>()
    const unmount = vi.fn()
    const module = {
      contract: 1,
      mount: (element: HTMLElement, context: PageContext) => {
        given.resolve(context)
        return mount ? mount(element, context) : { unmount }
      },
    }
    const bridge = mountPage(
      document.createElement('div'),
      (message) => said.push(message),
      () => Promise.resolve(module),
    )
    bridge.hear(START)
    return { ...bridge, said, context: await given.promise, unmount }
  }

  test('gives a page the same context, made of messages', async () => {
    const { said, context, hear, unmount } = await begun()
    expect(context.href('/4')).toBe('/bookings/staff/4')
    context.navigate('/4')
    context.open('/payments/customer/pay/abc')
    context.setTitle('Halls')
    const heard: string[] = []
    context.onPathChange((path) => heard.push(path))
    hear({ type: 'path', path: '/4' })
    expect(heard).toEqual(['/4'])
    expect(document.documentElement.style.getPropertyValue('--agds-foreground-action')).toBe('#14563b')
    await vi.waitUntil(() => said.length === 4)
    expect(said.map(({ type }) => type).sort()).toEqual(['mounted', 'navigate', 'open', 'title'])
    hear({ type: 'leave' })
    expect(unmount).toHaveBeenCalledOnce()
    expect(context.signal.aborted).toBe(true)
  })

  test('carries a request over and the answer back', async () => {
    const { said, context, hear } = await begun()
    const response = context.fetch('/api/bookings/bookings', { method: 'POST', body: '{"hall":1}' })
    const sent = await vi.waitUntil(() => said.find((each) => each.type === 'fetch'))
    expect(sent).toMatchObject({ method: 'POST', url: 'http://bluehills.localhost/api/bookings/bookings' })
    const body = bytes('{"id":7}')
    const headers: [string, string][] = [['content-type', 'application/json']]
    hear({ type: 'answer', id: sent.id, status: 201, statusText: 'Created', headers, body })
    const got = await response
    expect([got.status, await got.json()]).toEqual([201, { id: 7 }])
    const refused = context.fetch('/api/auth/me')
    await vi.waitUntil(() => said.filter((each) => each.type === 'fetch').length === 2)
    hear({ type: 'refused', id: sent.id + 1, message: 'Not yours.' })
    await expect(refused).rejects.toThrow('Not yours.')
  })

  test('stops a request that the page gives up', async () => {
    const { said, context } = await begun()
    const abort = new AbortController()
    const response = context.fetch('/api/bookings/slow', { signal: abort.signal })
    await vi.waitUntil(() => said.some((each) => each.type === 'fetch'))
    abort.abort()
    await expect(response).rejects.toMatchObject({ name: 'AbortError' })
    expect(said.at(-1)).toMatchObject({ type: 'abort' })
  })

  test('tells the shell when the page throws', async () => {
    vi.spyOn(console, 'error').mockImplementation(() => undefined)
    const { said } = await begun(() => {
      throw new Error('boom')
    })
    await vi.waitUntil(() => said.some((each) => each.type === 'broken' && each.message.includes('boom')))
  })
})
