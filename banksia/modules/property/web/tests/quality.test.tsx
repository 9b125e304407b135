import { screen, waitFor } from '@testing-library/react'
import { describe, expect, test } from 'vitest'
import { http, HttpResponse, problem, renderPage, server, setWidth, staff } from '@banksia/kit/testing'
import { attributePage, newAttributePage, qualityListPage, qualityPage } from '../admin-routes'
import type { AttributeDefinitionRead, ConflictRead, QualityRow, UnmatchedRead } from '../api'

const user = staff(
  'property.quality.read',
  'property.imports.run',
  'property.corrections.decide',
  'property.corrections.propose',
  'property.attributes.manage',
)
const page = (results: unknown[]) => HttpResponse.json({ results, next_cursor: null })
const open = (kind: string) =>
  renderPage(qualityListPage, qualityListPage.href({ params: { kind } }), { user })

const lists = [
  {
    kind: 'shared_addresses',
    title: 'Addresses of several properties',
    help: 'One each.',
    count: 3,
    is_more: false,
  },
  {
    kind: 'parcels_without_address',
    title: 'Parcels without an address',
    help: '',
    count: 1000,
    is_more: true,
  },
]

/** What is sent to an address, in order; the answer is the same each time. */
function sentTo(path: string, answer: () => Response, method: 'post' | 'patch' = 'post') {
  const bodies: unknown[] = []
  server.use(
    http.get('*/api/property/quality', () => HttpResponse.json({ lists })),
    http[method](`*${path}`, async ({ request }) => {
      bodies.push(await request.json())
      return answer()
    }),
  )
  return bodies
}

describe('data quality', () => {
  test('says how long each list is, and not more than was counted', async () => {
    server.use(http.get('*/api/property/quality', () => HttpResponse.json({ lists })))
    await renderPage(qualityPage, qualityPage.href(), { user })
    expect(await screen.findByRole('link', { name: 'Addresses of several properties' })).toBeVisible()
    expect(screen.getByText('More than 1,000')).toBeVisible()
  })

  test.each([1280, 390])(
    'lists records with their properties and the way to mend them, at %i pixels',
    async (width) => {
      setWidth(width)
      const row: QualityRow = {
        id: '1',
        record_kind: 'address',
        label: '12 RYDAL ROAD LITHGOW',
        properties: [
          { id: 'p1', address: '12 RYDAL ROAD LITHGOW', parcels: ['1//DP7001'], assessment: '107310' },
          { id: 'p2', address: null, parcels: ['2//DP7001'], assessment: null },
        ],
      }
      server.use(
        http.get('*/api/property/quality', () => HttpResponse.json({ lists })),
        http.get('*/api/property/quality/records/shared_addresses', () => page([row])),
      )
      await open('shared_addresses')
      expect(await screen.findByText('1 row shown')).toBeVisible()
      expect(screen.getByText(/assessment 107310/)).toBeVisible()
      expect(screen.getByRole('link', { name: 'Correct 12 Rydal Road Lithgow' })).toHaveAttribute(
        'href',
        '/property/staff/p1/correct',
      )
    },
  )

  test('takes a row that found no property off its list, with a note', async () => {
    const row: UnmatchedRead = {
      id: 'u1',
      kind: 'owner',
      key: '107399',
      reason: 'No assessment has this number.',
      cells: { name: 'Mei Tran' },
      line: 12,
      import_run_id: 'r1',
      file_name: 'owners.csv',
      created_at: '2026-11-24T23:42:00Z',
    }
    let waiting = [row]
    const bodies = sentTo('/api/property/quality/unmatched/u1/resolve', () => {
      waiting = []
      return new HttpResponse(null, { status: 204 })
    })
    server.use(http.get('*/api/property/quality/unmatched', () => page(waiting)))
    const { user: person } = await open('unmatched_owners')
    await person.click(await screen.findByRole('button', { name: 'Resolve 107399' }))
    await person.type(screen.getByLabelText('What was done (optional)'), 'Sold to the state')
    await person.click(screen.getByRole('button', { name: 'Take it off the list' }))
    expect(await screen.findByText('Every row has found its property.')).toBeVisible()
    expect(bodies).toEqual([{ note: 'Sold to the state' }])
  })

  test.each([
    ['keep', 'Keep 12 Rydal Road Lithgow'],
    ['take', 'Take 12 Rydale Road Lithgow'],
  ])('decides a conflict: %s', async (decision, button) => {
    const conflict: ConflictRead = {
      id: 'c1',
      state: 'open',
      property_id: 'p1',
      address: '12 RYDAL ROAD LITHGOW',
      record: '12 RYDAL ROAD LITHGOW',
      field: 'text',
      before: '12 RYDALE ROAD LITHGOW',
      kept: '12 RYDAL ROAD LITHGOW',
      imported_value: '12 RYDALE ROAD LITHGOW',
      reason: 'The street sign says Rydal',
      corrected_by_name: 'Priya Nair',
      import_run_id: 'r1',
      file_name: 'rates.csv',
      line: 99,
      created_at: '2026-11-24T23:42:00Z',
      decided_at: null,
      decided_by_name: null,
    }
    const bodies = sentTo('/api/property/quality/conflicts/c1/decide', () => HttpResponse.json(conflict))
    server.use(http.get('*/api/property/quality/conflicts', () => page([conflict])))
    const { user: person } = await open('conflicts')
    await person.click(await screen.findByRole('button', { name: button }))
    await waitFor(() => expect(bodies).toEqual([{ decision }]))
  })
})

const zone: AttributeDefinitionRead = {
  id: 'a1',
  code: 'zone',
  title: 'Land zone',
  kind: 'choice',
  choices: ['R1', 'R2'],
  subject: 'parcel',
  group: 'Planning',
  help: '',
  position: 10,
  value_count: 12,
  retired_at: null,
}

describe('the catalogue of attributes', () => {
  test('adds one, its choices one on each line', async () => {
    const bodies = sentTo('/api/property/attribute-definitions', () =>
      HttpResponse.json(zone, { status: 201 }),
    )
    server.use(
      http.get('*/api/property/attribute-definitions', () => HttpResponse.json({ definitions: [zone] })),
    )
    const { user: person, location } = await renderPage(newAttributePage, newAttributePage.href(), { user })
    await person.type(screen.getByLabelText('Code'), 'zone')
    await person.type(screen.getByLabelText('Title'), 'Land zone')
    await person.selectOptions(screen.getByLabelText('Kind of value'), 'choice')
    await person.click(screen.getByRole('button', { name: 'Add attribute' }))
    expect((await screen.findAllByText(/Enter the choices, one on each line/))[0]).toBeVisible()
    await person.type(screen.getByLabelText('Choices'), 'R1{Enter}{Enter} R2 ')
    await person.click(screen.getByRole('button', { name: 'Add attribute' }))
    await waitFor(() => expect(location()).toBe(attributePage.href({ params: { code: 'zone' } })))
    expect(bodies).toEqual([
      {
        code: 'zone',
        title: 'Land zone',
        kind: 'choice',
        choices: ['R1', 'R2'],
        subject: 'parcel',
        group: '',
        help: '',
      },
    ])
  })

  test('fixes the kind of one that is recorded, and says what the server refuses', async () => {
    const bodies = sentTo(
      '/api/property/attribute-definitions/zone',
      () => problem(422, 'Check', [{ field: 'choices', message: 'R2 is recorded 3 times.' }]),
      'patch',
    )
    server.use(
      http.get('*/api/property/attribute-definitions', () => HttpResponse.json({ definitions: [zone] })),
    )
    const { user: person } = await renderPage(
      attributePage,
      attributePage.href({ params: { code: 'zone' } }),
      {
        user,
      },
    )
    const choices = await screen.findByLabelText('Choices')
    expect(screen.queryByLabelText('Kind of value')).toBeNull()
    await person.clear(choices)
    await person.type(choices, 'R1')
    await person.click(screen.getByRole('button', { name: 'Save attribute' }))
    expect((await screen.findAllByText(/R2 is recorded 3 times/))[0]).toBeVisible()
    expect(choices).toHaveValue('R1')
    expect(bodies).toHaveLength(1)
  })
})
