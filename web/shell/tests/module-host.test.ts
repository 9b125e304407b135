import { afterEach, describe, expect, test, vi } from 'vitest'
import { http, HttpResponse, organisation, server, staff } from '@banksia/kit/testing'
import type { PageContext } from '../src/module-host/contract'
import { pathWithin } from '../src/module-host/addresses'
import { mountPage } from '../src/module-host/mount-page'
import type { Surroundings } from '../src/module-host/surroundings'

/** The host around a page that exports this. */
function place(exports: unknown, href = '/trees/staff/list?x=1') {
  let current = href
  const listeners = new Set<() => void>()
  const around = {
    basePath: '/trees/staff',
    area: 'staff',
    requires: [],
    organisation,
    user: staff('trees.read'),
    setTitle: vi.fn(),
    currentHref: () => current,
    navigate: vi.fn(),
    onNavigate: (listener: () => void) => {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
  } satisfies Surroundings
  const element = document.createElement('div')
  const onBroken = vi.fn()
  const load = () => (exports instanceof Error ? Promise.reject(exports) : Promise.resolve(exports))
  const leave = mountPage(element, '/modules/trees/page.js', around, { load, onBroken })
  const moveTo = (to: string) => {
    current = to
    for (const listener of listeners) listener()
  }
  return { element, around, onBroken, leave, moveTo, listeners }
}

/** A page that keeps what it was given. */
function page() {
  const unmount = vi.fn()
  const given: PageContext[] = []
  const mount = (element: HTMLElement, context: PageContext) => {
    given.push(context)
    element.append('Trees')
    return { unmount }
  }
  return { exports: { contract: 1, mount }, unmount, context: () => vi.waitUntil(() => given[0]) }
}

const broken = (onBroken: ReturnType<typeof vi.fn>) =>
  vi.waitUntil(() => onBroken.mock.calls[0]?.[0] as Error | undefined)

afterEach(() => {
  document.cookie = 'banksia_csrf=; max-age=0'
})

describe('a third-party page', () => {
  test('is mounted with its own part of the address, the council and the person', async () => {
    const trees = page()
    const { element } = place(trees.exports)
    const context = await trees.context()
    expect(element).toHaveTextContent('Trees')
    expect(context).toMatchObject({ basePath: '/trees/staff', area: 'staff', path: '/list?x=1' })
    expect(context.organisation).toEqual({
      id: organisation.id,
      slug: 'bluehills',
      name: organisation.name,
      service_name: organisation.service_name,
    })
    expect(context.user).toMatchObject({ name: 'Priya Nair', permissions: ['trees.read'] })
    expect(context.user).not.toHaveProperty('email')
  })

  test('makes addresses, moves, and hears of moves within itself alone', async () => {
    const trees = page()
    const { around, moveTo } = place(trees.exports)
    const context = await trees.context()
    expect([context.href('/4'), context.href('4'), context.href('/')]).toEqual([
      '/trees/staff/4',
      '/trees/staff/4',
      '/trees/staff',
    ])
    context.navigate('/4', { replace: true })
    expect(around.navigate).toHaveBeenCalledWith('/trees/staff/4', { replace: true })
    const heard: string[] = []
    context.onPathChange((path) => heard.push(path))
    moveTo('/trees/staff/4')
    moveTo('/trees/staff')
    moveTo('/certificates/staff')
    expect(heard).toEqual(['/4', '/'])
  })

  test('leads on within the application by its links, and to other pages of the council', async () => {
    const trees = page()
    const { around, element } = place(trees.exports)
    const context = await trees.context()
    document.body.append(element)
    element.innerHTML = `<a href="/property/staff/4?a=1"><b>7 Green Street</b></a> <a href="#below">Below</a>
      <a href="/files/x.pdf" download>Plan</a> <a href="/trees/customer" target="_blank">Other</a>`
    // What is left to the browser would load a page, which a test cannot.
    element.addEventListener('click', (event) => {
      left.push(event.defaultPrevented)
      event.preventDefault()
    })
    const left: boolean[] = []
    element.querySelector('b')?.click()
    for (const link of element.querySelectorAll<HTMLElement>('a:not(:first-child)')) link.click()
    context.open('http://bluehills.localhost/payments/customer/pay/abc')
    context.open('https://elsewhere.example/')
    expect(left).toEqual([true, false, false, false])
    expect(around.navigate.mock.calls).toEqual([['/property/staff/4?a=1'], ['/payments/customer/pay/abc']])
    element.remove()
  })

  test('is taken away when it is left: unmounted, its requests stopped, its listeners gone', async () => {
    const trees = page()
    const { element, around, leave, listeners } = place(trees.exports)
    const context = await trees.context()
    context.onPathChange(vi.fn())
    server.use(http.get('*/slow', () => new Promise<Response>(() => undefined)))
    const request = context.fetch('http://bluehills.localhost/slow')
    leave()
    await expect(request).rejects.toMatchObject({ name: 'AbortError' })
    expect(trees.unmount).toHaveBeenCalledOnce()
    expect(element).toBeEmptyDOMElement()
    expect(listeners.size).toBe(0)
    expect(context.signal.aborted).toBe(true)
    context.setTitle('Too late')
    expect(around.setTitle).not.toHaveBeenCalled()
  })

  test('sends the proof of our own pages to our own origin only', async () => {
    document.cookie = 'banksia_csrf=token'
    const trees = page()
    place(trees.exports)
    const context = await trees.context()
    const answer = ({ request }: { request: Request }) =>
      HttpResponse.json(request.headers.get('X-CSRF-Token'))
    server.use(
      http.post('http://bluehills.localhost/api/trees', answer),
      http.post('https://elsewhere.example/api', answer),
    )
    const own = await context.fetch('http://bluehills.localhost/api/trees', { method: 'POST' })
    const foreign = await context.fetch('https://elsewhere.example/api', { method: 'POST' })
    expect([await own.json(), await foreign.json()]).toEqual(['token', null])
  })

  test.each<[string, unknown, string]>([
    ['is missing', new Error('404'), '404'],
    ['names no contract', { mount: () => undefined }, 'contract = 1'],
    ['names a contract that is not known', { contract: 2, mount: () => undefined }, 'it exports 2'],
    ['has no mount', { contract: 1 }, 'mount(element, context)'],
    ['is nothing', undefined, 'contract = 1'],
  ])('that %s is told and nothing is drawn', async (_, exports, message) => {
    const { onBroken, element } = place(exports)
    expect((await broken(onBroken)).message).toContain(message)
    expect(element).toBeEmptyDOMElement()
  })

  test('that throws while mounting is told', async () => {
    const mount = () => {
      throw new Error('boom')
    }
    const { onBroken } = place({ contract: 1, mount })
    expect((await broken(onBroken)).message).toBe('boom')
  })

  test('left before it came is never mounted', async () => {
    const mount = vi.fn()
    const { leave, onBroken } = place({ contract: 1, mount })
    leave()
    await new Promise((resolve) => setTimeout(resolve, 0))
    expect(mount).not.toHaveBeenCalled()
    expect(onBroken).not.toHaveBeenCalled()
  })

  test('left while it was being mounted is unmounted', async () => {
    const unmount = vi.fn()
    const mounting = Promise.withResolvers<{ unmount: () => void }>()
    const mount = vi.fn(() => mounting.promise)
    const { leave } = place({ contract: 1, mount })
    await vi.waitUntil(() => mount.mock.calls.length)
    leave()
    mounting.resolve({ unmount })
    await vi.waitUntil(() => unmount.mock.calls.length)
  })

  test('that throws while unmounting does not stop the next page', async () => {
    const told = vi.spyOn(console, 'error').mockImplementation(() => undefined)
    const trees = page()
    const { leave, element } = place(trees.exports)
    await trees.context()
    trees.unmount.mockImplementation(() => {
      throw new Error('boom')
    })
    leave()
    expect(element).toBeEmptyDOMElement()
    expect(told).toHaveBeenCalledOnce()
  })
})

describe('pathWithin', () => {
  test.each([
    ['/trees', '/trees', '/'],
    ['/trees', '/trees/', '/'],
    ['/trees', '/trees?a=1', '/?a=1'],
    ['/trees', '/trees/4#b', '/4#b'],
    ['/trees', '/treeshouse', null],
    ['/trees', '/', null],
  ])('of %s in %s is %s', (base, href, path) => expect(pathWithin(base, href)).toBe(path))
})
