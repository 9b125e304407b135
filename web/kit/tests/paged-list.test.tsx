import { screen } from '@testing-library/react'
import { useInfiniteQuery } from '@tanstack/react-query'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { z } from 'zod'
import { TextField } from '../forms/fields'
import { FindForm } from '../forms/find-form'
import { SaveForm, useSaveForm } from '../forms/save-form'
import { byCursor, type CursorPage } from '../paging/by-cursor'
import { PagedList } from '../paging/paged-list'
import { renderKit, setWidth } from '../testing'

type Load = (cursor: string) => Promise<CursorPage<string>>

function Names({ load, byItself }: { load: Load; byItself?: boolean }) {
  const query = useInfiniteQuery({
    queryKey: ['names'],
    queryFn: ({ pageParam }) => load(pageParam),
    ...byCursor,
  })
  return (
    <PagedList
      query={query}
      failed="The names could not be loaded"
      empty="Nobody is here."
      shown={['name', 'names']}
      byItself={byItself}
    >
      {(rows) => <p>{rows.join(' and ')}</p>}
    </PagedList>
  )
}

afterEach(() => {
  vi.unstubAllGlobals()
})

describe('PagedList', () => {
  test('shows a page, says how many, and adds the next after it', async () => {
    const load: Load = (cursor) =>
      Promise.resolve(
        cursor ? { results: ['Tom'], next_cursor: null } : { results: ['Mei', 'Ana'], next_cursor: 'tom' },
      )
    const { user } = renderKit(<Names load={load} />)
    expect(await screen.findByText('2 names shown')).toBeVisible()
    await user.click(screen.getByRole('button', { name: 'Show more' }))
    expect(await screen.findByText('Mei and Ana and Tom')).toBeVisible()
    expect(screen.queryByRole('button', { name: 'Show more' })).toBeNull()
  })

  test('says what it is when it has no rows', async () => {
    renderKit(<Names load={() => Promise.resolve({ results: [], next_cursor: null })} />)
    expect(await screen.findByText('Nobody is here.')).toBeVisible()
    expect(screen.queryByText(/shown/)).toBeNull()
  })

  test('asks for the next page as its end comes near, and after a failure only when asked', async () => {
    vi.stubGlobal(
      'IntersectionObserver',
      class {
        tell: (entries: { isIntersecting: boolean }[]) => void
        constructor(tell: (entries: { isIntersecting: boolean }[]) => void) {
          this.tell = tell
        }
        observe() {
          queueMicrotask(() => {
            this.tell([{ isIntersecting: true }])
          })
        }
        disconnect() {
          this.tell = () => undefined
        }
      },
    )
    const load = vi.fn<Load>().mockResolvedValueOnce({ results: ['Mei'], next_cursor: 'mei' })
    load.mockImplementation(() => new Promise((_, reject) => setTimeout(() => reject(new Error('no')), 20)))
    const { user } = renderKit(<Names byItself load={load} />)
    expect(await screen.findByText('1 name shown')).toBeVisible()
    await vi.waitFor(() => {
      expect(load).toHaveBeenCalledTimes(2)
    })
    await new Promise((resolve) => setTimeout(resolve, 200))
    expect(load).toHaveBeenCalledTimes(2)
    load.mockResolvedValue({ results: ['Tom'], next_cursor: null })
    await user.click(screen.getByRole('button', { name: 'Show more' }))
    expect(await screen.findByText('2 names shown')).toBeVisible()
  })

  test('says what failed and tries again when asked', async () => {
    const load = vi.fn<Load>().mockRejectedValueOnce(new Error('no'))
    load.mockResolvedValue({ results: ['Mei'], next_cursor: null })
    const { user } = renderKit(<Names load={load} />)
    expect(await screen.findByText('The names could not be loaded')).toBeVisible()
    await user.click(screen.getByRole('button', { name: 'Try again' }))
    expect(await screen.findByText('1 name shown')).toBeVisible()
  })
})

test('FindForm finds the text without its outer spaces, and everything when it is emptied', async () => {
  const find = vi.fn()
  const { user } = renderKit(
    <FindForm label="Name" button="Find" value="mei" onFind={find} applied="Everybody" />,
  )
  await user.type(screen.getByLabelText('Name'), ' tran ')
  await user.click(screen.getByRole('button', { name: 'Find' }))
  await user.clear(screen.getByLabelText('Name'))
  await user.keyboard('{Enter}')
  expect(find.mock.calls).toEqual([['mei tran'], [undefined]])
})

function Settings({ save }: { save: () => Promise<void> }) {
  const form = useSaveForm({ schema: z.object({ name: z.string() }), defaultValues: { name: 'Mei' }, save })
  return (
    <SaveForm form={form} label="Settings" button="Save settings">
      <TextField name="name" label="Name" />
    </SaveForm>
  )
}

describe('SaveForm', () => {
  test('says when it was saved', async () => {
    const { user } = renderKit(<Settings save={() => Promise.resolve()} />)
    await user.click(screen.getByRole('button', { name: 'Save settings' }))
    expect(await screen.findByText(/^Saved \d/)).toBeVisible()
  })

  test('says what is wrong and not that it was saved', async () => {
    const { user } = renderKit(<Settings save={() => Promise.reject(new Error('no'))} />)
    await user.click(screen.getByRole('button', { name: 'Save settings' }))
    expect(await screen.findByRole('alert')).toHaveTextContent('Something went wrong on this page')
    expect(screen.queryByText(/^Saved/)).toBeNull()
  })
})

test('on a phone what one looks for stays in sight, and the further filters stand behind a button', async () => {
  setWidth(390)
  const find = vi.fn()
  const { user } = renderKit(
    <FindForm label="Words" button="Search" value={undefined} onFind={find} applied="All folders">
      <p>In which folders</p>
    </FindForm>,
  )
  expect(screen.queryByText('In which folders')).toBeNull()
  await user.type(screen.getByLabelText('Words'), 'septic{Enter}')
  expect(find).toHaveBeenCalledExactlyOnceWith('septic')
  await user.click(screen.getByRole('button', { name: 'Filter and sort' }))
  expect(screen.getByText('In which folders')).toBeVisible()
})
