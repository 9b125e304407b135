import { screen } from '@testing-library/react'
import { describe, expect, test, vi } from 'vitest'
import { wordRanges } from '../search/highlight'
import { type PropertyMatch, propertyDetail, PropertySearch } from '../search/property-search'
import { http, HttpResponse, problem, renderKit, server } from '../testing'

const match = (changes: Partial<PropertyMatch>): PropertyMatch => ({
  id: 'a',
  address: '54 Williwa Street, Portland',
  parcels: ['2/2/DP2288'],
  assessment: '104882',
  status: 'current',
  ...changes,
})

describe('wordRanges', () => {
  test.each([
    [
      '54 Williwa Street',
      '54 w',
      [
        [0, 2],
        [3, 4],
      ],
    ],
    ['154 Williwa Street', '54', []],
    [
      'Unit 1, 54 Wolgan Street',
      '54 wol',
      [
        [8, 10],
        [11, 14],
      ],
    ],
    [
      'Portland Road, Portland',
      'portland portland',
      [
        [0, 8],
        [15, 23],
      ],
    ],
    ['54 Williwa Street', '', []],
    [
      '54 Williwa Street',
      '54 wiliwa st',
      [
        [0, 2],
        [3, 10],
        [11, 13],
      ],
    ],
    [
      '27 Great Western Highway',
      '27 western great',
      [
        [0, 2],
        [3, 8],
        [9, 16],
      ],
    ],
    ['54 Mort Street', '55 mart', []],
  ])('of %j for %j', (text, query, ranges) => expect(wordRanges(text, query)).toEqual(ranges))
})

test('a match says its land, and what is not current', () => {
  expect(propertyDetail(match({}))).toBe('Lot 2 Sec 2 DP 2288, assessment 104882')
  expect(
    propertyDetail(match({ status: 'historic', assessment: null, successors: ['1//DP9', '2//DP9'] })),
  ).toBe('Lot 2 Sec 2 DP 2288, historic, now Lot 1 DP 9, Lot 2 DP 9')
  expect(propertyDetail(match({ status: 'historic', assessment: null, parcels: ['B//DP397521'] }))).toBe(
    'Lot B DP 397521, historic',
  )
  expect(
    propertyDetail(match({ parcels: ['1//DP1', '2//DP1', '3//DP1', '4//DP1', '5//DP1'], assessment: null })),
  ).toContain('2 more')
})

describe('PropertySearch', () => {
  const asked: string[] = []
  const answer = (results: PropertyMatch[]) =>
    http.get('*/api/property/search', ({ request }) => {
      asked.push(new URL(request.url).searchParams.get('q') ?? '')
      return HttpResponse.json({ results })
    })

  test('shows matches as one types, asks once they rest, and gives the one chosen by keys', async () => {
    asked.length = 0
    server.use(answer([match({}), match({ id: 'b', address: '54 Wolgan Street, Portland' })]))
    const onChoose = vi.fn()
    const { user } = renderKit(<PropertySearch label="Find your property" onChoose={onChoose} />)
    await user.type(screen.getByLabelText('Find your property'), '54 w')
    expect(await screen.findAllByRole('option')).toHaveLength(2)
    expect(asked).toEqual(['54 w'])
    await user.keyboard('{ArrowDown}{ArrowDown}{Enter}')
    expect(onChoose).toHaveBeenCalledWith(expect.objectContaining({ id: 'b' }))
    expect(screen.getByLabelText('Find your property')).toHaveValue('54 Wolgan Street, Portland')
  })

  test('what the server says matched is what stands in bold', async () => {
    server.use(answer([match({ address: 'St Marys Road', highlights: [[3, 8]] })]))
    const { user } = renderKit(<PropertySearch label="Find your property" onChoose={vi.fn()} />)
    await user.type(screen.getByLabelText('Find your property'), 'saint marys')
    const option = await screen.findByRole('option')
    expect(option.querySelector('strong')).toHaveTextContent('Marys')
  })

  test('says what was searched when nothing matches', async () => {
    server.use(answer([]))
    const { user } = renderKit(<PropertySearch label="Find your property" onChoose={vi.fn()} />)
    await user.type(screen.getByLabelText('Find your property'), '45 Wiliwa St')
    expect(await screen.findByText(/No property matches 45 Wiliwa St\./)).toBeVisible()
  })

  test('says that the search failed', async () => {
    server.use(http.get('*/api/property/search', () => problem(503, 'Down')))
    const { user } = renderKit(<PropertySearch label="Find your property" onChoose={vi.fn()} />)
    await user.type(screen.getByLabelText('Find your property'), '45')
    expect(await screen.findByText(/The search did not answer/)).toBeVisible()
  })

  test('Enter without a choice submits the text, which stays', async () => {
    server.use(answer([match({})]))
    const onSubmit = vi.fn()
    const { user } = renderKit(
      <PropertySearch label="Find your property" onChoose={vi.fn()} onSubmit={onSubmit} />,
    )
    await user.type(screen.getByLabelText('Find your property'), '54{Enter}')
    expect(onSubmit).toHaveBeenCalledWith('54')
    await user.tab()
    expect(screen.getByLabelText('Find your property')).toHaveValue('54')
  })

  test('the first match is taken by Enter where that is asked for', async () => {
    server.use(answer([match({})]))
    const onChoose = vi.fn()
    const { user } = renderKit(
      <PropertySearch label="Search" firstOnEnter clearOnChoose onChoose={onChoose} />,
    )
    await user.type(screen.getByLabelText('Search'), '54')
    await screen.findByRole('option')
    await user.keyboard('{Enter}')
    expect(onChoose).toHaveBeenCalledOnce()
    expect(screen.getByLabelText('Search')).toHaveValue('')
  })
})
