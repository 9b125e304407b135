import { act, screen, waitFor } from '@testing-library/react'
import { beforeEach, describe, expect, test } from 'vitest'
import { http, HttpResponse, problem, renderPage, server, staff } from '@banksia/kit/testing'
import type { RulesRead, RulesUpdate } from '../api'
import { straightThroughPage } from '../staff-routes'

const first: RulesRead = {
  rules: {
    ...{ products: [], age_days: 30, ages: [], flags: [], look_at_hand_written: true },
    ...{ sample_percent: 5, most_an_hour: 60, pauses: [] },
  },
  version: 3,
  changed_at: '2026-11-24T23:42:00Z',
  changed_by_name: 'Jack Lindqvist',
  products: [],
  attributes: [],
}
const CONFLICT = 'Somebody changed the rules after you opened them. Reload them, then make your change.'

let read = first
let saved: RulesUpdate[] = []

beforeEach(() => {
  read = first
  saved = []
  server.use(
    http.get('*/straight-through/rules', () => HttpResponse.json(read)),
    http.get('*/straight-through/share', () => problem(503, 'Later.')),
    http.put('*/straight-through/rules', async ({ request }) => {
      const body = (await request.json()) as RulesUpdate
      saved.push(body)
      if (body.version !== read.version) return problem(409, CONFLICT)
      read = { ...read, version: read.version + 1 }
      return HttpResponse.json(read)
    }),
  )
})

async function typeDays(days: string) {
  const page = await renderPage(straightThroughPage, undefined, {
    user: staff('certificates.products.manage'),
  })
  const box = await screen.findByLabelText('How many days old an answer may be')
  await page.user.clear(box)
  await page.user.type(box, days)
  return page
}

describe('the rules for issuing without an officer', () => {
  test('keep what is typed when a colleague saves, and saving over it says so', async () => {
    const { user, queryClient } = await typeDays('45')
    read = { ...first, version: 4, changed_by_name: 'Tom Okafor' }
    await act(() => queryClient.invalidateQueries())
    expect(await screen.findByText(/by Tom Okafor/)).toBeVisible()
    expect(screen.getByLabelText('How many days old an answer may be')).toHaveValue('45')
    await user.click(screen.getByRole('button', { name: 'Save rules' }))
    expect(await screen.findByText(CONFLICT)).toBeVisible()
    expect(saved.map(({ version }) => version)).toEqual([3])
    expect(screen.getByLabelText('How many days old an answer may be')).toHaveValue('45')
  })

  test('say when they were saved, and are saved again upon what was saved', async () => {
    const { user } = await typeDays('45')
    const button = screen.getByRole('button', { name: 'Save rules' })
    await user.click(button)
    expect(await screen.findByText(/^Saved /)).toBeVisible()
    await waitFor(() => expect(button).not.toHaveAttribute('aria-disabled', 'true'))
    expect(button).toBeInTheDocument()
    expect(button).toHaveFocus()
    await user.click(button)
    await waitFor(() => expect(saved.map(({ version }) => version)).toEqual([3, 4]))
    expect(screen.queryByText(CONFLICT)).toBeNull()
  })
})
