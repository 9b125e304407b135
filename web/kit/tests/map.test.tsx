import { screen, within } from '@testing-library/react'
import { describe, expect, test } from 'vitest'
import { LotSketch } from '../map/lot-sketch'
import { boundsOf, type LotGeometry, type MapLot, middleOf } from '../map/lots'
import { ParcelMap } from '../map/parcel-map'
import { renderKit } from '../testing'

const square = (west: number, south: number, size = 0.001): LotGeometry => ({
  type: 'Polygon',
  coordinates: [
    [
      [west, south],
      [west + size, south],
      [west + size, south + size],
      [west, south + size],
      [west, south],
    ],
  ],
})

const lot = (changes: Partial<MapLot>): MapLot => ({
  id: '13',
  label: '13',
  title: 'Lot 13 DP 1242624',
  detail: '1,012 m²',
  own: true,
  geometry: square(149.98, -33.35),
  ...changes,
})
const neighbour = lot({
  id: '12',
  label: '12',
  title: 'Lot 12 DP 1242624',
  detail: '9 Portland Road',
  href: '/property/staff/b',
  own: false,
  geometry: square(149.979, -33.35),
})

describe('middleOf', () => {
  test('is the centre of a square', () => {
    const [x, y] = middleOf(square(149.98, -33.35))
    expect(x).toBeCloseTo(149.9805, 7)
    expect(y).toBeCloseTo(-33.3495, 7)
  })

  test('of a lot like a U is inside one of its arms', () => {
    const u = {
      type: 'Polygon',
      coordinates: [
        [
          [0, 0],
          [5, 0],
          [5, 9],
          [4, 9],
          [4, 1],
          [1, 1],
          [1, 9],
          [0, 9],
          [0, 0],
        ],
      ],
    } as const
    const [x] = middleOf(u)
    expect(x < 1 || x > 4).toBe(true)
  })

  test('of several parts is in the largest', () => {
    const parts = {
      type: 'MultiPolygon',
      coordinates: [square(0, 0, 1), square(10, 10, 3)].map(({ coordinates }) => coordinates as number[][][]),
    } as const
    expect(middleOf(parts)).toEqual([11.5, 11.5])
  })

  test('of a lot without area is one of its points', () => {
    expect(
      middleOf({
        type: 'Polygon',
        coordinates: [
          [
            [1, 2],
            [1, 2],
          ],
        ],
      }),
    ).toEqual([1, 2])
    expect(middleOf({ type: 'Polygon', coordinates: [] })).toEqual([0, 0])
  })
})

test('bounds go around all boundaries, and there are none of nothing', () => {
  expect(boundsOf([square(0, 0, 1), square(4, -2, 1)])).toEqual([0, -2, 5, 1])
  expect(boundsOf([])).toBeNull()
})

describe('LotSketch', () => {
  test('draws every lot, its own one over the others, and says what it shows', () => {
    renderKit(<LotSketch lots={[lot({}), neighbour]} label="Lot 13 DP 1242624 and 1 neighbouring lot" />)
    const sketch = screen.getByRole('img', { name: 'Lot 13 DP 1242624 and 1 neighbouring lot' })
    expect(sketch.querySelectorAll('path')).toHaveLength(2)
    expect([...sketch.querySelectorAll('text')].map(({ textContent }) => textContent)).toEqual(['12', '13'])
  })

  test('is nothing without a boundary', () => {
    renderKit(<LotSketch lots={[lot({ geometry: null })]} label="Nothing" />)
    expect(screen.queryByRole('img')).toBeNull()
  })
})

describe('ParcelMap on a machine without WebGL', () => {
  test('shows the list and a sketch in which the lot in focus stands out', async () => {
    const { user } = renderKit(<ParcelMap lots={[lot({}), neighbour]} label="Lot 13 and its neighbours" />)
    expect(screen.getByText(/This browser cannot draw a map that moves/)).toBeVisible()
    expect(screen.getByRole('heading', { name: '1 lot nearby' })).toBeVisible()
    const link = screen.getByRole('link', { name: 'Lot 12 DP 1242624' })
    expect(link).toHaveAttribute('href', '/property/staff/b')
    const row = link.closest('li')
    expect(row).not.toHaveAttribute('aria-current')
    await user.tab()
    expect(link).toHaveFocus()
    expect(row).toHaveAttribute('aria-current', 'true')
    await user.tab()
    await user.hover(screen.getByText('Lot 13 DP 1242624'))
    expect(screen.getByText('Lot 13 DP 1242624').closest('li')).toHaveAttribute('aria-current', 'true')
    expect(row).not.toHaveAttribute('aria-current')
  })

  test('says where no boundary is known, and that there is no map without any', () => {
    const { rerender } = renderKit(
      <ParcelMap lots={[lot({}), { ...neighbour, geometry: null }]} label="Lot 13" />,
    )
    const row = screen.getByRole('link', { name: 'Lot 12 DP 1242624' }).closest('li')
    expect(within(row!).getByText('9 Portland Road, no boundary is known')).toBeVisible()
    rerender(<ParcelMap lots={[lot({ geometry: null })]} label="Lot 13" />)
    expect(screen.getByText('There is no map of this land')).toBeVisible()
  })
})
