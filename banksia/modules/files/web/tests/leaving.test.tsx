// What has left a file, and what leaves it: removed documents, zips, the file as a whole, and links that were mailed.
import { fireEvent, screen } from '@testing-library/react'
import { beforeEach, expect, test, vi } from 'vitest'
import { http, HttpResponse, problem, renderKit, renderPage, server, staff } from '@banksia/kit/testing'
import { SelectionBar } from '../components/selection-bar'
import { filePage, sharedPage } from '../routes'
import { detail, document, file, PROPERTY } from './factories'

const records = staff(
  'files.documents.read',
  'files.documents.add',
  'files.documents.send',
  'files.batches.load',
)
const none = { results: [], next_cursor: null }

beforeEach(() => {
  sessionStorage.clear()
  server.use(
    http.get(`*/api/files/properties/${PROPERTY}`, () => HttpResponse.json(file())),
    http.get(`*/api/files/properties/${PROPERTY}/documents`, () => HttpResponse.json(none)),
    http.get('*/api/files/properties/:id/comments', () => HttpResponse.json(none)),
    http.get('*/api/files/documents/:id', ({ params }) => HttpResponse.json(detail(String(params.id)))),
  )
})

const open = (search: Parameters<typeof filePage.href>[0]['search'] = {}) =>
  renderPage(filePage, filePage.href({ params: { propertyId: PROPERTY }, search }), { user: records })

test('a document that is not in the file any more says so, leads to the log, and is closed', async () => {
  server.use(http.get('*/api/files/documents/gone', () => problem(404, 'There is no such document.')))
  const { user } = await open({ document: 'gone' })
  expect(await screen.findByText('This document is not in the file')).toBeVisible()
  expect(screen.queryByRole('button', { name: 'Try again' })).toBeNull()
  expect(screen.getByRole('link', { name: /See who removed what/ })).toHaveAttribute(
    'href',
    expect.stringContaining('kind=removal'),
  )
  await user.click(screen.getByRole('button', { name: 'Close details' }))
  expect(screen.queryByText('This document is not in the file')).toBeNull()
})

test('who decides removals reads of an isolated document when it was removed and by whom', async () => {
  const entry = {
    id: 'e1',
    created_at: '2026-11-20T01:00:00Z',
    actor_name: 'Ana Reyes',
    action: 'document_isolated',
    detail: {},
    document_id: 'old',
    document_title: 'Old plan',
    folder_id: null,
    folder_name: null,
  }
  server.use(
    http.get('*/api/files/documents/old', () => HttpResponse.json(detail('old', { state: 'isolated' }))),
    http.get('*/api/files/documents/old/log', () =>
      HttpResponse.json({ results: [entry], next_cursor: null }),
    ),
  )
  await open({ document: 'old' })
  expect(await screen.findByText(/^Removed on .*20 Nov.* by Ana Reyes$/)).toBeVisible()
})

test('an address without a property’s id says that there is no such file', async () => {
  const message = 'Input should be a valid UUID, invalid length'
  server.use(
    http.get('*/api/files/properties/not-a-uuid', () =>
      problem(422, message, [{ field: 'property_id', message }]),
    ),
  )
  await renderPage(filePage, filePage.href({ params: { propertyId: 'not-a-uuid' } }), { user: records })
  expect(await screen.findByText('There is no such property file')).toBeVisible()
  expect(screen.queryByText(/UUID/)).toBeNull()
})

test('more documents than go into one zip come in parts, and why is said', async () => {
  server.use(http.get('*/api/auth/me', () => HttpResponse.json(records)))
  const clicked: string[] = []
  vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(function (this: HTMLAnchorElement) {
    clicked.push(this.href)
  })
  const ticked = Array.from({ length: 260 }, (_, index) => document(`d${String(index)}`))
  const { user } = renderKit(<SelectionBar file={file()} documents={ticked} onClear={vi.fn()} />, {
    user: records,
  })
  expect(screen.getByText(/At most 200 documents are downloaded at once; you chose 260/)).toBeVisible()
  expect(screen.getByText(/At most 50 documents are sent at once; you chose 260/)).toBeVisible()
  await user.click(screen.getByRole('button', { name: 'Download 201 to 260' }))
  expect(new URL(clicked[0] ?? '').searchParams.getAll('document_id')).toHaveLength(60)
})

test('a file is exported whole, and one that was exported is brought in', async () => {
  server.use(
    http.post(`*/api/files/properties/${PROPERTY}/bag`, () =>
      HttpResponse.json({ documents: 7, already_here: 2, comments: 1 }, { status: 201 }),
    ),
  )
  const { user } = await open()
  await user.click(await screen.findByRole('button', { name: 'Whole file' }))
  expect(await screen.findByRole('link', { name: /^Export / })).toHaveAttribute(
    'href',
    `/api/files/properties/${PROPERTY}/bag`,
  )
  const input = screen.getByRole('dialog').querySelector('input[type=file]')
  fireEvent.change(input!, { target: { files: [new File(['zip'], 'file.zip')] } })
  expect(await screen.findByText('7 documents and 1 comment came into this file')).toBeVisible()
  expect(screen.getByText(/^The file had 2 documents of the zip already/)).toBeVisible()
  server.use(http.post(`*/api/files/properties/${PROPERTY}/bag`, () => problem(422, 'The bag is not whole.')))
  fireEvent.change(input!, { target: { files: [new File(['zip'], 'half.zip')] } })
  expect(await screen.findByText(/The bag is not whole/)).toBeVisible()
})

test('a reminder of a document names it', async () => {
  const reminder = {
    id: 'r1',
    document_id: 'd1',
    document_title: 'Survey',
    folder_id: null,
    remind_on: '2026-12-01',
    person_id: 'p',
    person_name: 'Ana',
    created_by_name: 'Ana',
    created_at: '2026-11-20T01:00:00Z',
    note: '',
    sent_at: null,
  }
  server.use(http.get('*/api/files/properties/:id/reminders', () => HttpResponse.json([reminder])))
  await open({ view: 'reminders' })
  expect(await screen.findByRole('link', { name: 'Survey' })).toBeVisible()
})

const shared = (documents: object[]) => ({
  council: 'Blue Hills Council',
  property_label: '12 Hartley St',
  to_name: '',
  message: '',
  sent_at: '2026-11-20T01:00:00Z',
  expires_at: '2026-12-20T01:00:00Z',
  documents,
})

async function openShared(documents: object[], href: string) {
  const tokens: unknown[] = []
  server.use(
    http.post('*/api/files/shared', async ({ request }) => {
      tokens.push(((await request.json()) as { token: string }).token)
      return HttpResponse.json(shared(documents))
    }),
  )
  const page = await renderPage(sharedPage, href)
  return { ...page, tokens }
}

test('a link whose documents have left says what happened, and nothing of keeping them', async () => {
  sessionStorage.setItem('banksia.shared-link', 'kept')
  const { tokens } = await openShared([], sharedPage.href())
  expect(await screen.findByText('These documents are no longer here')).toBeVisible()
  expect(screen.queryByText(/Keep what you need/)).toBeNull()
  // The address has no token after it was read once: the tab has kept it.
  expect(tokens).toEqual(['kept'])
})

test('of some that have left the others are shown', async () => {
  sessionStorage.setItem('banksia.shared-link', 'kept')
  await openShared([{ number: 2, file_name: 'plan.pdf', size: 3 }], sharedPage.href())
  expect(await screen.findByText('plan.pdf')).toBeVisible()
  expect(screen.getByText(/Some of the documents that were sent have left/)).toBeVisible()
})
