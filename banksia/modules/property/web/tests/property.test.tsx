import { screen, waitFor, within } from '@testing-library/react'
import { beforeAll, describe, expect, expectTypeOf, test } from 'vitest'
import type { PropertyDetail, PropertyMatch } from '@banksia/kit'
import { http, HttpResponse, problem, renderPage, server, setWidth, staff } from '@banksia/kit/testing'
import type { PropertyRead, SearchResult } from '../api'
import { historyPage, mapPage, ownersPage, propertyPage } from '../routes'
import { ID, lineage, map, parcel, property } from './land'
import { attribute, correction, entry, owner } from './records'
import { page, serve } from './serve'

// The calendar comes after a page stands; here it is there before the first test waits for it.
beforeAll(() => import('@ag.ds-next/react/date-picker-next'), 60_000)

const params = { propertyId: ID }
const at = (path: string) => `*/api/property/properties/${ID}${path}`
const open = (search: { as_at?: string } = {}, ...permissions: string[]) =>
  renderPage(propertyPage, propertyPage.href({ params, search }), { user: staff(...permissions) })

test('what the kit knows of a property is what this module answers', () => {
  expectTypeOf<PropertyRead>().toExtend<PropertyDetail>()
  expectTypeOf<SearchResult>().toExtend<PropertyMatch>()
})

describe('the property page', () => {
  test('says which property it is, what council knows with its source, and where the land came from', async () => {
    serve()
    await open()
    expect(await screen.findByRole('heading', { level: 1, name: '9 Portland Road Portland' })).toBeVisible()
    expect(screen.getByText(/Assessment 107310 · 1,012 m²/)).toBeVisible()
    const table = await screen.findByRole('table', { name: 'What council knows' })
    expect(
      within(table).getByRole('row', { name: /Zone RU5 Village .*Zoning layer 1 Nov 2026/ }),
    ).toBeVisible()
    expect(await screen.findByText('by boundary adjustment, DP1242624')).toBeVisible()
    expect(screen.getByRole('link', { name: /Lot A DP 397521/ })).toHaveAttribute(
      'href',
      '/property/staff/old-a',
    )
    expect(
      await screen.findByRole('img', { name: 'Map of Lot 13 DP 1242624 and 1 lot nearby' }),
    ).toBeVisible()
  })

  test('shows what is unknown as unknown, never as no', async () => {
    serve()
    await open()
    const row = await screen.findByRole('row', { name: /Flood related controls/ })
    expect(within(row).getByText('Unknown')).toBeVisible()
    expect(within(row).getByText('No source')).toBeVisible()
    expect(within(row).queryByText('No')).toBeNull()
  })

  test('names many unknown ones in a sentence, so that what is known can be seen', async () => {
    serve()
    const unknown = ['Road widening', 'Landslip risk', 'LEP clause', 'Tree orders', 'Acid sulfate soils'].map(
      (title, index) => ({
        ...attribute,
        code: `u${index}`,
        title,
        is_unknown: true,
        shown: 'Unknown',
        source: null,
      }),
    )
    server.use(
      http.get(at('/attributes'), () =>
        HttpResponse.json({ attributes: [attribute, ...unknown], more_parcels: 0 }),
      ),
    )
    const { user } = await open()
    expect(
      await screen.findByText(/Road widening, landslip risk, LEP clause, tree orders, acid sulfate soils\./),
    ).toBeVisible()
    expect(screen.getByText('5 attributes are unknown:')).toBeVisible()
    expect(screen.queryByRole('row', { name: /Landslip risk/ })).toBeNull()
    await user.click(screen.getByRole('button', { name: 'Show unknown ones too' }))
    expect(screen.getByRole('row', { name: /^Landslip risk/ })).toBeVisible()
  })

  test('shows what other modules know, and goes on when they cannot say', async () => {
    serve()
    await open()
    const orders = await screen.findByRole('region', { name: 'Orders' })
    expect(within(orders).getByRole('link', { name: 'All 6' })).toHaveAttribute(
      'href',
      `/certificates/staff/orders?q=${ID}`,
    )
    expect(within(orders).getByText('Being prepared')).toBeVisible()
    server.use(
      http.get(at('/contributions'), () =>
        HttpResponse.json({ contributions: [], failed: ['Property files'] }),
      ),
    )
    await open()
    expect(await screen.findByText(/Property files could not answer just now/)).toBeVisible()
  })

  test('offers only what a person may do', async () => {
    serve()
    await open()
    await screen.findByRole('table')
    for (const name of ['Propose a correction', 'Record a subdivision', 'Owners', 'New order'])
      expect(screen.queryByRole('link', { name })).toBeNull()
    expect(screen.queryByRole('button', { name: 'Change Zone of Lot 13 DP 1242624' })).toBeNull()
  })

  test('heads attributes by their lot where there are several', async () => {
    serve({
      property: { ...property, parcels: [parcel, { ...parcel, id: 'p14', title: 'Lot 14 DP 1242624' }] },
      attributes: [attribute, { ...attribute, parcel_id: 'p14', parcel_title: 'Lot 14 DP 1242624' }],
    })
    await open()
    const table = await screen.findByRole('table')
    expect(within(table).getByRole('columnheader', { name: 'Lot 14 DP 1242624' })).toBeVisible()
    expect(screen.getByText('2 lots, 2,024 m² in all')).toBeVisible()
  })

  test('of a lot that is no more names what it became', async () => {
    serve({
      property: { ...property, status: 'historic', parcels: [{ ...parcel, status: 'historic' }] },
      lineage: {
        ...lineage,
        parcels: lineage.parcels.map((each) => ({ ...each, is_own: each.id === 'pB' })),
      },
    })
    await open()
    expect(await screen.findByText('Lot B DP 397521 no longer exists.')).toBeVisible()
    const banner = screen.getByText(/It became/)
    expect(banner).toHaveTextContent('It became Lot 12 DP 1242624 and Lot 13 DP 1242624 on 12 March 2018.')
    expect(within(banner).getByRole('link', { name: 'Lot 12 DP 1242624' })).toHaveAttribute(
      'href',
      '/property/staff/new-12',
    )
  })

  test('says when it cannot be found, and when a part fails the rest stays', async () => {
    serve()
    server.use(http.get(at('/attributes'), () => problem(503, 'The database is busy.')))
    await open()
    expect(await screen.findByText('What council knows could not be loaded')).toBeVisible()
    expect(screen.getByRole('heading', { level: 1, name: '9 Portland Road Portland' })).toBeVisible()
    server.use(http.get(at(''), () => problem(404, 'There is no property with this id.')))
    await open()
    expect(await screen.findByText('There is no property with this id.')).toBeVisible()
  })

  test('leads to the corrections that wait', async () => {
    serve()
    server.use(http.get('*/api/property/corrections', () => HttpResponse.json(page(correction))))
    await open()
    expect(await screen.findByRole('link', { name: '1 correction waits for a decision' })).toHaveAttribute(
      'href',
      `/property/staff/corrections?property=${ID}`,
    )
  })
})

describe('another day', () => {
  test('is chosen, stands in the address, is said above all else, and leads back', async () => {
    const asked: (string | null)[] = []
    serve()
    server.use(
      http.get(at(''), ({ request }) => {
        asked.push(new URL(request.url).searchParams.get('as_at'))
        return HttpResponse.json(property)
      }),
    )
    const { user, location } = await open({}, 'property.corrections.propose')
    await user.click(await screen.findByRole('button', { name: 'As at today' }))
    await waitFor(() => expect(screen.getByLabelText(/^Day/)).toBeEnabled(), { timeout: 15_000 })
    await user.clear(screen.getByLabelText(/^Day/))
    await user.type(screen.getByLabelText(/^Day/), '12/03/2018')
    await user.click(screen.getByRole('button', { name: 'Show this day' }))
    expect(await screen.findByText('As at 12 March 2018')).toBeVisible()
    expect(location()).toBe(`/property/staff/${ID}?as_at=2018-03-12`)
    expect(asked).toContain('2018-03-12')
    expect(screen.queryByRole('link', { name: 'Propose a correction' })).toBeNull()
    expect(screen.getByRole('link', { name: 'Back to today' })).toHaveAttribute(
      'href',
      `/property/staff/${ID}`,
    )
  })
})

describe('recording an attribute', () => {
  test('asks for its source and sends what was typed', async () => {
    serve()
    const sent: unknown[] = []
    server.use(
      http.put(at('/attributes/flood'), async ({ request }) => {
        sent.push(await request.json())
        return HttpResponse.json(attribute)
      }),
    )
    const { user } = await open({}, 'property.attributes.record')
    await user.click(
      await screen.findByRole('button', { name: 'Record Flood related controls of Lot 13 DP 1242624' }),
    )
    const dialog = await screen.findByRole('dialog')
    await user.click(within(dialog).getByRole('button', { name: 'Record flood related controls' }))
    expect(await within(dialog).findByText('Check 2 answers')).toBeVisible()
    await user.click(within(dialog).getByLabelText('No'))
    await user.type(within(dialog).getByLabelText('Source'), 'Flood study 2024')
    await user.click(within(dialog).getByRole('button', { name: 'Record flood related controls' }))
    await waitFor(() => expect(sent).toHaveLength(1))
    expect(sent[0]).toMatchObject({ value: 'no', source: 'Flood study 2024', parcel_id: 'p13' })
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull())
  })

  test('an amount is shown in dollars, and what the server refuses stands on its field', async () => {
    serve({ attributes: [{ ...attribute, code: 'owing', title: 'Owing', kind: 'amount', value: '41265' }] })
    server.use(
      http.put(at('/attributes/owing'), () =>
        problem(422, 'Check', [{ field: 'value', message: 'Enter an amount in dollars.' }]),
      ),
    )
    const { user } = await open({}, 'property.attributes.record')
    await user.click(await screen.findByRole('button', { name: /^Change Owing/ }))
    const value = screen.getByLabelText('Owing, in dollars')
    expect(value).toHaveValue('412.65')
    await user.click(screen.getByRole('button', { name: 'Record owing' }))
    expect(await screen.findByRole('link', { name: /Enter an amount in dollars/ })).toBeVisible()
    expect(value).toBeInvalid()
  })
})

describe('the other views', () => {
  test('owners say that reading is recorded', async () => {
    serve()
    server.use(http.get(at('/owners'), () => HttpResponse.json(page(owner))))
    await renderPage(ownersPage, ownersPage.href({ params }), { user: staff('property.owners.read') })
    expect(await screen.findByRole('cell', { name: 'Margaret Olsen' })).toBeVisible()
    expect(screen.getByText(/recorded in the audit log/)).toBeVisible()
    expect(screen.getByText('since 2 May 2018')).toBeVisible()
    expect(screen.getByRole('link', { name: 'Owners' })).toHaveAttribute('aria-current', 'page')
  })

  test('history says what was and what became, and leads to that day', async () => {
    serve()
    server.use(http.get(at('/history'), () => HttpResponse.json(page(entry))))
    await renderPage(historyPage, historyPage.href({ params }))
    expect(await screen.findByText('Address corrected')).toBeVisible()
    expect(screen.getByText(/Address:/)).toHaveTextContent('Address: 9 Portland Road became 9A Portland Road')
    expect(screen.getByRole('link', { name: 'See it as at this day' })).toHaveAttribute(
      'href',
      `/property/staff/${ID}?as_at=2018-03-12`,
    )
  })

  test('an event of the lineage is taken back from the history', async () => {
    serve()
    let undone = false
    server.use(
      http.get(at('/history'), () =>
        HttpResponse.json(
          page({ ...entry, kind: 'lineage' as const, title: 'Boundary adjustment', lineage_event_id: 'e1' }),
        ),
      ),
      http.post('*/api/property/lineage/e1/undo', () => {
        undone = true
        return new HttpResponse(null, { status: 204 })
      }),
    )
    const { user } = await renderPage(historyPage, historyPage.href({ params }), {
      user: staff('property.lineage.record'),
    })
    await user.click(await screen.findByRole('button', { name: 'Take this boundary adjustment back' }))
    await user.click(screen.getByRole('button', { name: 'Take the boundary adjustment back' }))
    await waitFor(() => expect(undone).toBe(true))
  })

  test.each([1280, 390])('the map has its list at %i pixels', async (width) => {
    setWidth(width)
    serve()
    await renderPage(mapPage, mapPage.href({ params }))
    expect(await screen.findByRole('link', { name: 'Lot 12 DP 1242624' })).toBeVisible()
    expect(screen.getByText('7 Portland Road Portland, 1,012 m²')).toBeVisible()
  })

  test('the map says when there is no boundary', async () => {
    serve({ map: { ...map, features: [], without_shape: ['Lot 13 DP 1242624'], bounds: null } })
    await renderPage(mapPage, mapPage.href({ params }))
    expect(await screen.findByText('There is no map of this land')).toBeVisible()
    expect(screen.getByText('no boundary is known')).toBeVisible()
  })
})
