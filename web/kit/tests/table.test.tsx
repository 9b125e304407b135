import { useState } from 'react'
import { screen, within } from '@testing-library/react'
import { describe, expect, test, vi } from 'vitest'
import { RowCard } from '../table/card-list'
import { type Column } from '../table/column'
import { DataTable, type DataTableProps } from '../table/data-table'
import { renderKit, setWidth } from '../testing'

interface Line {
  id: string
  address: string
}

const rows: Line[] = [
  { id: '1', address: '12 Rydal Road' },
  { id: '2', address: '7 Green Street' },
]
const columns: Column<Line>[] = [
  {
    key: 'address',
    header: 'Property',
    sort: 'address',
    cell: ({ id, address }) => <a href={`/lines/${id}`}>{address}</a>,
  },
  { key: 'id', header: 'Number', cell: ({ id }) => id },
]
const table = (changes: Partial<DataTableProps<Line>> = {}) => (
  <DataTable
    caption="Certificates"
    columns={columns}
    rows={rows}
    rowKey={({ id }) => id}
    card={({ address, id }) => <RowCard title={address} start={id} />}
    rowHref={({ id }) => `/lines/${id}`}
    {...changes}
  />
)

describe('DataTable', () => {
  test('cards of a phone are ticked one by one or all at once', async () => {
    setWidth(390)
    const onChange = vi.fn()
    const { user } = renderKit(
      table({ selection: { selected: new Set(['1']), onChange, nameOf: ({ address }) => address } }),
    )
    expect(screen.getByRole('checkbox', { name: 'Select 12 Rydal Road' })).toBeChecked()
    await user.click(screen.getByRole('checkbox', { name: 'Select 7 Green Street' }))
    expect(onChange).toHaveBeenLastCalledWith(new Set(['1', '2']))
    await user.click(screen.getByRole('checkbox', { name: 'Select all rows' }))
    expect(onChange).toHaveBeenLastCalledWith(new Set(['1', '2']))
  })

  test('is a table with a name on a desk, and cards on a phone', () => {
    const { unmount } = renderKit(table())
    expect(within(screen.getByRole('table', { name: 'Certificates' })).getAllByRole('row')).toHaveLength(3)
    unmount()
    setWidth(390)
    renderKit(table())
    expect(screen.queryByRole('table')).not.toBeInTheDocument()
    expect(within(screen.getByRole('list', { name: 'Certificates' })).getAllByRole('listitem')).toHaveLength(
      2,
    )
  })

  test('J and K walk the rows, Enter opens one, a key of the page acts on it', async () => {
    const hold = vi.fn()
    const { user, visited } = renderKit(table({ rowKeys: { h: { label: 'Put on hold', run: hold } } }))
    await user.keyboard('h{Enter}jjjkj{Enter}h')
    expect(visited).toEqual(['/lines/2'])
    expect(hold).toHaveBeenCalledExactlyOnceWith(rows[1])
    expect(screen.getByRole('row', { current: true })).toHaveTextContent('7 Green Street')
  })

  test('a tick, or a step with the keyboard, draws the rows that it changes', async () => {
    const drawn: string[] = []
    const counted: Column<Line>[] = [
      {
        key: 'address',
        header: 'Property',
        cell: ({ id, address }) => {
          drawn.push(id)
          return address
        },
      },
    ]
    function Ticking() {
      const [selected, setSelected] = useState<ReadonlySet<string>>(new Set())
      const nameOf = ({ address }: Line) => address
      return table({ columns: counted, selection: { selected, onChange: setSelected, nameOf } })
    }
    const { user } = renderKit(<Ticking />)
    drawn.length = 0
    await user.click(screen.getByLabelText('Select 7 Green Street'))
    expect(screen.getByLabelText('Select 7 Green Street')).toBeChecked()
    expect(new Set(drawn)).toEqual(new Set(['2']))
    drawn.length = 0
    await user.keyboard('j')
    expect(new Set(drawn)).toEqual(new Set(['1']))
  })

  test('keys rest while someone types', async () => {
    const { user } = renderKit(
      <>
        <input aria-label="Find" />
        {table()}
      </>,
    )
    await user.type(screen.getByLabelText('Find'), 'jjj')
    expect(screen.queryByRole('row', { current: true })).not.toBeInTheDocument()
    expect(screen.getByLabelText('Find')).toHaveValue('jjj')
  })

  test('a click anywhere on a row opens it, one on its controls does not', async () => {
    const { user, visited } = renderKit(
      table({ selection: { selected: new Set(), onChange: vi.fn(), nameOf: ({ address }) => address } }),
    )
    await user.click(screen.getByText('2'))
    await user.click(screen.getByLabelText('Select 7 Green Street'))
    expect(visited).toEqual(['/lines/2'])
  })

  test('a head sorts up, then down', async () => {
    const sorts: string[] = []
    function Sorted() {
      const [sort, setSort] = useState('id')
      return table({
        sort,
        onSort: (next) => {
          sorts.push(next)
          setSort(next)
        },
      })
    }
    const { user } = renderKit(<Sorted />)
    await user.click(screen.getByRole('button', { name: 'Property' }))
    expect(screen.getByRole('columnheader', { name: 'Property' })).toHaveAttribute('aria-sort', 'ascending')
    await user.click(screen.getByRole('button', { name: 'Property' }))
    expect(sorts).toEqual(['address', '-address'])
  })

  test('rows are ticked one by one or all at once', async () => {
    const onChange = vi.fn()
    const { user } = renderKit(
      table({ selection: { selected: new Set(['1']), onChange, nameOf: ({ address }) => address } }),
    )
    await user.click(screen.getByLabelText('Select 12 Rydal Road'))
    await user.click(screen.getByLabelText('Select all rows'))
    expect(onChange.mock.calls).toEqual([[new Set()], [new Set(['1', '2'])]])
  })
})
