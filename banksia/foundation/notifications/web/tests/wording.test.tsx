import { act, screen, waitFor } from '@testing-library/react'
import { describe, expect, test, vi } from 'vitest'
import { http, HttpResponse, problem, renderPage, server, staff } from '@banksia/kit/testing'
import type { WordingRead } from '../api'
import { wordingPage } from '../routes'

const user = staff('notifications.wording.manage')
const name = 'auth.set_password'
const read: WordingRead = {
  name,
  title: 'A new password',
  about: 'To whoever asks for a new password.',
  version: 3,
  is_changed: true,
  subject: 'Set a password',
  text: '{{ link }}',
  standard_subject: 'Set a new password',
  standard_text: '{{ link }}',
  variables: [{ name: 'link', words: 'The link', sample: 'https://x.example', link: true, required: true }],
  versions: [],
}

test('says what is wrong, shows a preview and sends a test', async () => {
  const path = `*/api/notifications/wordings/${name}`
  const kept = vi.fn()
  server.use(
    http.get(path, () => HttpResponse.json(read)),
    http.put(path, async ({ request }) => {
      kept(await request.json())
      return problem(422, 'The text needs {{ link }}.', [
        { field: 'text', message: 'The text needs {{ link }} (The link).' },
      ])
    }),
    http.post(`${path}/preview`, () =>
      HttpResponse.json({ subject: 'Set a password', text: 'https://x.example' }),
    ),
    http.post(`${path}/test`, () =>
      HttpResponse.json({ to_address: 'officer@bluehills.example' }, { status: 201 }),
    ),
  )
  const page = await renderPage(wordingPage, wordingPage.href({ params: { name } }), { user })
  await page.user.click(await screen.findByRole('button', { name: 'Show preview' }))
  expect(await screen.findByRole('region', { name: 'Preview with sample data' })).toHaveTextContent(
    'https://x.example',
  )
  await page.user.click(screen.getByRole('button', { name: 'Send me a test' }))
  expect(await screen.findByText('A test is on its way to officer@bluehills.example')).toBeVisible()
  await page.user.clear(screen.getByLabelText('Text'))
  await page.user.type(screen.getByLabelText('Text'), 'Hello')
  await page.user.click(screen.getByRole('button', { name: 'Save wording' }))
  expect((await screen.findAllByText(/The text needs \{\{ link \}\} \(The link\)/)).length).toBeGreaterThan(0)
  expect(kept).toHaveBeenCalledWith({ subject: 'Set a password', text: 'Hello', version: 3 })
})

describe('words that two people change', () => {
  const path = `*/api/notifications/wordings/${name}`
  const STALE = 'This e-mail was changed after you opened it.'
  let now = read
  let sent: { text: string; version: number }[] = []

  const open = async () => {
    now = read
    sent = []
    server.use(
      http.get(path, () => HttpResponse.json(now)),
      http.put(path, async ({ request }) => {
        const body = (await request.json()) as { text: string; version: number }
        sent.push(body)
        if (body.version !== now.version) return problem(409, STALE)
        now = { ...now, text: body.text, version: now.version + 1 }
        return HttpResponse.json(now)
      }),
      http.post(`${path}/reset`, () => {
        now = { ...now, is_changed: false, text: now.standard_text, version: now.version + 1 }
        return HttpResponse.json(now)
      }),
    )
    const page = await renderPage(wordingPage, wordingPage.href({ params: { name } }), { user })
    await page.user.type(await screen.findByLabelText('Text'), ' Bye')
    return page
  }

  test('keep what is typed when a colleague saves, and saving over it says so', async () => {
    const page = await open()
    now = { ...read, version: 4, title: 'A fresh password', text: 'Theirs' }
    await act(() => page.queryClient.invalidateQueries())
    expect(await screen.findByRole('heading', { name: 'A fresh password' })).toBeVisible()
    expect(screen.getByLabelText('Text')).toHaveValue('{{ link }} Bye')
    await page.user.click(screen.getByRole('button', { name: 'Save wording' }))
    expect(await screen.findByText(STALE)).toBeVisible()
    expect(screen.getByLabelText('Text')).toHaveValue('{{ link }} Bye')
  })

  test('say when they were saved, are saved again, and go back to the standard', async () => {
    const page = await open()
    const button = screen.getByRole('button', { name: 'Save wording' })
    await page.user.click(button)
    expect(await screen.findByText(/^Saved /)).toBeVisible()
    await waitFor(() => expect(button).not.toHaveAttribute('aria-disabled', 'true'))
    expect(button).toHaveFocus()
    await page.user.click(button)
    await waitFor(() => expect(sent.map(({ version }) => version)).toEqual([3, 4]))
    await page.user.click(await screen.findByRole('button', { name: 'Go back to the standard words' }))
    expect(await screen.findByRole('heading', { name: 'The standard words' })).toBeVisible()
    expect(screen.getByLabelText('Text')).toHaveValue('{{ link }}')
  })
})
