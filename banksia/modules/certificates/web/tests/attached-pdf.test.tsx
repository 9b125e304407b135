import { screen } from '@testing-library/react'
import { describe, expect, test } from 'vitest'
import { http, HttpResponse, problem, renderKit, server, staff } from '@banksia/kit/testing'
import type { AttachedRead, DraftRead } from '../api'
import { AttachedPdf } from '../components/attached-pdf'

const attached: AttachedRead = {
  file_name: 'sewer.pdf',
  size_bytes: 120_000,
  page_count: 2,
  sha256: 'a'.repeat(64),
  is_whole: true,
  added_by_name: 'Priya Nair',
  added_at: '2026-11-28T01:00:00Z',
  download_path: '/api/certificates/lines/x/attached',
}
const draft = (change: Partial<DraftRead> = {}) =>
  ({ line: { id: 'x' }, version: 4, attached: null, ...change }) as DraftRead
const show = (shown: DraftRead, editable = true) =>
  renderKit(<AttachedPdf draft={shown} editable={editable} />, { user: staff('certificates.lines.prepare') })

describe('a PDF of the officer’s own', () => {
  test('is sent upon the draft that was read, and why it is refused is told', async () => {
    const sent: string[] = []
    server.use(
      http.post('*/api/certificates/lines/x/attached', ({ request }) => {
        sent.push(new URL(request.url).search)
        return problem(
          422,
          'The file has 61 pages. At most 60 can follow a certificate. Nothing was attached.',
        )
      }),
    )
    const { user, container } = show(draft())
    await user.click(await screen.findByRole('button', { name: 'Attach PDF' }))
    expect(await screen.findByText('Choose a PDF first.')).toBeVisible()
    const input = container.querySelector<HTMLInputElement>('input[type=file]')
    await user.upload(input as HTMLInputElement, new File(['%PDF'], 'sewer.pdf', { type: 'application/pdf' }))
    await user.click(screen.getByRole('radio', { name: /^It is the finished certificate/ }))
    await user.click(screen.getByRole('button', { name: 'Attach PDF' }))
    expect(await screen.findByText(/61 pages/)).toBeVisible()
    expect(sent).toEqual(['?file_name=sewer.pdf&version=4&is_whole=true'])
  })

  test('says what it does on the paper, and is removed from the draft that was read', async () => {
    const removed: string[] = []
    server.use(
      http.delete('*/api/certificates/lines/x/attached', ({ request }) => {
        removed.push(new URL(request.url).search)
        return HttpResponse.json(draft({ version: 5 }))
      }),
    )
    const { user } = show(draft({ attached }))
    expect(await screen.findByText(/its first page, then 2 pages. No answers are printed/)).toBeVisible()
    expect(screen.getByRole('link', { name: 'sewer.pdf (120 kB)' })).toBeVisible()
    await user.click(screen.getByRole('button', { name: 'Remove sewer.pdf' }))
    expect(removed).toEqual(['?version=4'])
  })

  test('is not offered to who only looks', () => {
    const { container } = show(draft(), false)
    expect(container.querySelector('form')).toBeNull()
    expect(screen.queryByText('PDF of your own')).toBeNull()
  })
})
