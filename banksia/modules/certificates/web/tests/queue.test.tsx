import { fireEvent, screen, waitFor, within } from '@testing-library/react'
import { beforeEach, describe, expect, test } from 'vitest'
import { http, HttpResponse, problem, renderKit, renderPage, server, staff } from '@banksia/kit/testing'
import { countLinesOptions, type DraftRead, type QueueCounts } from '../api'
import { LineActions } from '../components/line-actions'
import { draftPage, queuePage } from '../staff-routes'

const LINE = '01990000-0000-7000-8000-0000000000d1'
const officer = staff('certificates.orders.read', 'certificates.lines.prepare')
const counts: QueueCounts = {
  ...{ mine: 0, unassigned: 1, due_today: 0, overdue: 0, to_check: 0, on_hold: 0, all_open: 1 },
  ...{ most: 5000, team_name: 'Planning team', counted_at: '2026-11-24T23:42:00Z' },
}

let lists = 0
let counted = 0

beforeEach(() => {
  lists = 0
  counted = 0
  server.use(
    http.get('*/certificates/lines', () => {
      lists += 1
      return HttpResponse.json({ results: [], next_cursor: null })
    }),
    http.get('*/certificates/lines/counts', () => {
      counted += 1
      return HttpResponse.json(counts)
    }),
    http.get('*/certificates/teams', () => HttpResponse.json({ teams: [] })),
    http.get('*/certificates/saved-filters', () => HttpResponse.json({ filters: [], may_share: false })),
    http.get('*/certificates/catalogue', () => HttpResponse.json({ products: [] })),
  )
})

const starting = (answer: () => Response | Promise<Response>) => {
  const posts: string[] = []
  server.use(
    http.post('*/certificates/lines/next', ({ request }) => {
      posts.push(request.url)
      return answer()
    }),
  )
  return posts
}
const openQueue = async () => {
  const page = await renderPage(queuePage, queuePage.href(), { user: officer })
  await screen.findByText('Nothing waits in the queue.')
  return page
}
const BUTTON = { name: 'Start the next one' }

describe('starting the next one', () => {
  test('says why it could not, and can be tried again', async () => {
    let broken = true
    const posts = starting(() =>
      broken
        ? problem(503, 'The database rests. Try again in a minute.')
        : HttpResponse.json({ line_id: LINE }),
    )
    const { user, location } = await openQueue()
    await user.click(screen.getByRole('button', BUTTON))
    expect(await screen.findByText('Nothing was started')).toBeVisible()
    expect(screen.getByText('The database rests. Try again in a minute.')).toBeVisible()
    broken = false
    await user.click(screen.getByRole('button', BUTTON))
    await waitFor(() => expect(location()).toBe(draftPage.href({ params: { lineId: LINE } })))
    expect(posts).toHaveLength(2)
  })

  test('says that nothing waits and stays on offer, and the queue is asked anew', async () => {
    const posts = starting(() => HttpResponse.json({ line_id: null }))
    const { user } = await openQueue()
    const before = { lists, counted }
    await user.click(screen.getByRole('button', BUTTON))
    await waitFor(() => expect(screen.getAllByText('Nothing waits in the queue.')).toHaveLength(2))
    await waitFor(() => {
      expect(lists).toBeGreaterThan(before.lists)
      expect(counted).toBeGreaterThan(before.counted)
    })
    await user.click(screen.getByRole('button', BUTTON))
    await waitFor(() => expect(posts).toHaveLength(2))
  })

  test('takes one line, however long the key is held', async () => {
    let answer: (response: Response) => void = () => undefined
    const posts = starting(
      () =>
        new Promise<Response>((resolve) => {
          answer = resolve
        }),
    )
    const { location } = await openQueue()
    const hold = async () => {
      for (let times = 0; times < 4; times += 1) {
        fireEvent.keyDown(document.body, { key: 'n' })
        await new Promise((resolve) => setTimeout(resolve, 30))
      }
    }
    await hold()
    answer(HttpResponse.json({ line_id: LINE }))
    await hold()
    await waitFor(() => expect(location()).toBe(draftPage.href({ params: { lineId: LINE } })))
    expect(posts).toHaveLength(1)
  })
})

describe('starting the clock again', () => {
  const draft = {
    line: { id: LINE, state: 'on_hold', assigned_to_id: officer.id },
    replaces: null,
  } as unknown as DraftRead
  const CLOCK = { name: 'Start the clock again' }

  test('says why it could not', async () => {
    server.use(
      http.post(`*/certificates/lines/${LINE}/resume`, () => problem(409, 'The customer has answered.')),
    )
    const { user } = renderKit(<LineActions draft={draft} />, { user: officer })
    await user.click(screen.getByRole('button', CLOCK))
    expect(await screen.findByText('The clock was not started')).toBeVisible()
    expect(screen.getByText('The customer has answered.')).toBeVisible()
  })

  test('once, and the queue and its counts are asked anew', async () => {
    let posts = 0
    server.use(
      http.post(`*/certificates/lines/${LINE}/resume`, async () => {
        posts += 1
        await new Promise((resolve) => setTimeout(resolve, 100))
        return HttpResponse.json(draft)
      }),
    )
    const { user, queryClient } = renderKit(<LineActions draft={draft} />, { user: officer })
    const { queryKey } = countLinesOptions({ query: {} })
    queryClient.setQueryData(queryKey, counts)
    await user.dblClick(screen.getByRole('button', CLOCK))
    await waitFor(() => expect(queryClient.getQueryState(queryKey)?.isInvalidated).toBe(true))
    expect(posts).toBe(1)
  })
})

test('a double click asks the customer once', async () => {
  const draft = {
    line: { id: LINE, state: 'assigned', assigned_to_id: officer.id },
    replaces: null,
  } as unknown as DraftRead
  const asked: unknown[] = []
  server.use(
    http.post(`*/certificates/lines/${LINE}/hold`, async ({ request }) => {
      asked.push(await request.json())
      await new Promise((resolve) => setTimeout(resolve, 100))
      return HttpResponse.json(draft)
    }),
  )
  const { user } = renderKit(<LineActions draft={draft} />, { user: officer })
  await user.click(screen.getByRole('button', { name: 'Put on hold' }))
  const dialog = within(screen.getByRole('dialog'))
  await user.type(dialog.getByRole('textbox'), 'Which lot do you mean?')
  await user.dblClick(dialog.getByRole('button', { name: 'Put on hold' }))
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull())
  expect(asked).toEqual([{ question: 'Which lot do you mean?' }])
})
