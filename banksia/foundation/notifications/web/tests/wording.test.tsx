import { screen } from '@testing-library/react'
import { expect, test, vi } from 'vitest'
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
