import { screen } from '@testing-library/react'
import { describe, expect, expectTypeOf, test } from 'vitest'
import { z } from 'zod'
import { hrefOf, parseSearch, stringifySearch } from '../module/href'
import { pagesOf } from '../module/page'
import { renderPage } from '../testing'

const page = pagesOf('certificates')
const queue = page('staff/queue/$team', {
  title: 'Queue',
  search: z.object({
    view: z.enum(['mine', 'all']).catch('mine'),
    q: z.string().optional().catch(undefined),
  }),
  lazy: () => Promise.resolve({ default: Queue }),
})

function Queue() {
  const { team } = queue.useParams()
  const { view, q } = queue.useSearch()
  const setSearch = queue.useSetSearch()
  return (
    <>
      <p>{`${team} ${view} ${q ?? 'nothing'}`}</p>
      <button onClick={() => setSearch({ view: 'all' })}>All</button>
    </>
  )
}

describe('a page', () => {
  test('stands under its module', () => {
    expect(queue.path).toBe('/certificates/staff/queue/$team')
    expect(queue.area).toBe('staff')
    expect(page('/', { title: 'Home', lazy: queue.lazy })).toMatchObject({ path: '/', area: 'customer' })
    expect(() => page('orders', { title: 'Orders', lazy: queue.lazy })).toThrow('must begin with')
  })

  test('makes its addresses, typed by its path and search', () => {
    expect(queue.href({ params: { team: 'planning & rates' }, search: { view: 'all' } })).toBe(
      '/certificates/staff/queue/planning%20%26%20rates?view=all',
    )
    expectTypeOf(queue.href).parameter(0).toHaveProperty('params').toEqualTypeOf<Record<'team', string>>()
    // @ts-expect-error -- a path with parameters cannot do without them
    expect(queue.href()).toBe('/certificates/staff/queue/')
  })

  test('reads its address and changes part of it', async () => {
    const { user, location } = await renderPage(
      queue,
      queue.href({ params: { team: 'rates' }, search: { q: '2' } }),
    )
    expect(await screen.findByText('rates mine 2')).toBeVisible()
    await user.click(screen.getByRole('button'))
    expect(location()).toBe('/certificates/staff/queue/rates?q=2&view=all')
    expect(await screen.findByText('rates all 2')).toBeVisible()
  })
})

describe('addresses', () => {
  test('are plain text both ways', () => {
    const search = {
      q: '10/2',
      states: ['queued', 'to_check'],
      page: 2,
      urgent: true,
      empty: '',
      none: undefined,
      nothing: null,
    }
    const text = stringifySearch(search)
    expect(text).toBe('?q=10%2F2&states=queued&states=to_check&page=2&urgent=true')
    expect(parseSearch(text)).toEqual({
      q: '10/2',
      states: ['queued', 'to_check'],
      page: '2',
      urgent: 'true',
    })
  })

  test('a value cannot break out of its place', () => {
    expect(hrefOf('/files/$id/view', { id: '../../x?y#z' })).toBe('/files/..%2F..%2Fx%3Fy%23z/view')
  })
})
