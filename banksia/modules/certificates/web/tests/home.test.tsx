import { screen } from '@testing-library/react'
import { beforeEach, describe, expect, test } from 'vitest'
import { http, HttpResponse, problem, renderPage, server } from '@banksia/kit/testing'
import { homePage } from '../routes'

beforeEach(() => {
  server.use(
    http.get('*/api/certificates/catalogue', () =>
      HttpResponse.json({ products: [], refund_sentence: '', card_surcharge_basis_points: 0 }),
    ),
  )
})

const searching = (answer: () => Response) => {
  server.use(http.get('*/api/property/search', answer))
}
const find = async () => {
  const page = await renderPage(homePage, homePage.href({ search: { q: '54 Williwa St' } }))
  await page.user.click(await screen.findByRole('button', { name: 'Find property' }))
  return page
}

describe('a search that fails', () => {
  test.each([
    ['too many', () => problem(429, 'You searched very often. Try again in a minute.'), /^You searched/],
    ['broken', () => problem(500, 'Something broke. Try again in a minute.'), /^Something broke/],
    ['no connection', () => HttpResponse.error(), /^The council’s system cannot be reached/],
  ])('is never told as no property: %s', async (_, answer, told) => {
    searching(answer)
    const { user } = await find()
    expect(await screen.findByText('The search did not answer')).toBeVisible()
    expect(screen.getByText(told)).toBeVisible()
    expect(screen.queryByText(/No property matches/)).toBeNull()
    searching(() => HttpResponse.json({ results: [] }))
    await user.click(screen.getByRole('button', { name: 'Try again' }))
    expect((await screen.findAllByText(/^No property matches 54 Williwa St/)).length).toBeGreaterThan(0)
    expect(screen.queryByText('The search did not answer')).toBeNull()
  })
})
