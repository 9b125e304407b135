import { screen } from '@testing-library/react'
import { describe, expect, test } from 'vitest'
import { type Lineage, layOut, type LineageLot } from '../lineage/layout'
import { LineageGraph } from '../lineage/lineage-graph'
import { renderKit, setWidth } from '../testing'

const lot = (id: string, changes: Partial<LineageLot> = {}): LineageLot => ({
  id,
  title: `Lot ${id} DP 1`,
  state: 'current',
  own: false,
  href: `/property/staff/${id}`,
  ...changes,
})
const adjustment: Lineage = {
  lots: [
    lot('A', { state: 'historic', detail: '610 m²' }),
    lot('B', { state: 'historic' }),
    lot('12'),
    lot('13', { own: true, detail: '1,012 m²' }),
  ],
  events: [
    {
      id: 'e',
      title: 'Boundary adjustment',
      detail: '12 March 2018, DP 1242624',
      parents: ['A', 'B'],
      children: ['12', '13'],
    },
  ],
}

const at = (lineage: Lineage) =>
  Object.fromEntries(layOut(lineage).placed.map(({ key, column, row }) => [key, [column, row]]))

describe('layOut', () => {
  test('puts parents before an event and children after it', () => {
    expect(at(adjustment)).toEqual({ A: [0, 0], B: [0, 1], e: [1, 0.5], 12: [2, 0], 13: [2, 1] })
  })

  test('goes on from generation to generation, whatever the order of the events', () => {
    const later = { id: 'f', title: 'Subdivision', parents: ['13'], children: ['20', '21'] }
    const both = { lots: [...adjustment.lots, lot('20'), lot('21')], events: [later, ...adjustment.events] }
    expect(at(both)).toMatchObject({ 13: [2, 1], f: [3, 0.5], 20: [4, 0], 21: [4, 1] })
  })

  test('draws some of very many children, always those of the page', () => {
    const children = Array.from({ length: 40 }, (_, index) => lot(String(index + 1), { own: index === 30 }))
    const { placed, rows } = layOut({
      lots: [lot('P'), ...children],
      events: [{ id: 'e', title: 'Subdivision', parents: ['P'], children: children.map(({ id }) => id) }],
    })
    expect(rows).toBe(6)
    expect(placed.map(({ key }) => key)).toContain('31')
    expect(placed.find(({ kind }) => kind === 'more')?.more).toBe(35)
  })

  test('ends on lineage that goes round in a circle', () => {
    const events = [
      { id: 'e', title: 'Subdivision', parents: ['A'], children: ['B'] },
      { id: 'f', title: 'Subdivision', parents: ['B'], children: ['A'] },
    ]
    expect(layOut({ lots: [lot('A'), lot('B')], events }).placed).toHaveLength(4)
  })

  test('is empty of nothing', () => {
    expect(layOut({ lots: [], events: [] })).toEqual({ columns: 0, rows: 0, placed: [], lines: [] })
  })
})

describe('LineageGraph', () => {
  test('names the lots from the oldest to the newest and what became of them', () => {
    renderKit(<LineageGraph {...adjustment} />)
    expect(screen.getAllByRole('listitem').map(({ textContent }) => textContent)).toEqual([
      'Lot A DP 1Historic, 610 m²',
      'Lot B DP 1Historic',
      'Boundary adjustment12 March 2018, DP 1242624: Lot A DP 1 and Lot B DP 1 became Lot 12 DP 1 and Lot 13 DP 1',
      'Lot 12 DP 1Current',
      'Lot 13 DP 1This property, 1,012 m²',
    ])
    expect(screen.getByRole('link', { name: /Lot A/ })).toHaveAttribute('href', '/property/staff/A')
    expect(screen.queryByRole('link', { name: /Lot 13/ })).toBeNull()
  })

  test('is a list on a phone', () => {
    setWidth(390)
    const { container } = renderKit(<LineageGraph {...adjustment} />)
    expect(container.querySelector('svg')).toBeNull()
    expect(screen.getAllByRole('listitem').map(({ textContent }) => textContent)).toEqual([
      'Lot A DP 1Historic, 610 m²',
      'Lot B DP 1Historic',
      'Boundary adjustment12 March 2018, DP 1242624',
      'Lot 12 DP 1Current',
      'Lot 13 DP 1This property, current, 1,012 m²',
    ])
  })
})
