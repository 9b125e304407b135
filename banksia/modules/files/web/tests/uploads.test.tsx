import { fireEvent, screen, waitFor } from '@testing-library/react'
import { beforeEach, expect, test } from 'vitest'
import { forgetPerson, unfinishedUploads } from '@banksia/kit'
import { http, HttpResponse, renderPage, server, staff } from '@banksia/kit/testing'
import { filePage } from '../routes'
import { detail, file, folder, PROPERTY } from './factories'

const records = staff('files.documents.read', 'files.documents.add')
let metadata: Record<string, string>[]

const decoded = (header: string) =>
  Object.fromEntries(
    header
      .split(',')
      .map((pair) => pair.split(' ') as [string, string])
      .map(([key, value]) => [key, atob(value)]),
  )

/** The server takes what it is sent in one part. */
const takes = [
  http.post('*/api/files/uploads', ({ request }) => {
    metadata.push(decoded(request.headers.get('Upload-Metadata') ?? ''))
    return new HttpResponse(null, {
      status: 201,
      headers: { Location: '/api/files/uploads/u1', 'Upload-Offset': '0' },
    })
  }),
  http.patch(
    '*/api/files/uploads/u1',
    () =>
      new HttpResponse(null, { status: 204, headers: { 'Upload-Offset': '3', 'Banksia-Document': 'd1' } }),
  ),
  http.head('*/api/files/uploads/u1', () => new HttpResponse(null, { headers: { 'Upload-Offset': '0' } })),
]

beforeEach(() => {
  metadata = []
  forgetPerson()
  server.use(
    http.get(`*/api/files/properties/${PROPERTY}`, () => HttpResponse.json(file())),
    http.get(`*/api/files/properties/${PROPERTY}/documents`, () =>
      HttpResponse.json({ results: [], next_cursor: null }),
    ),
    http.get('*/api/files/documents/:id', ({ params }) => HttpResponse.json(detail(String(params.id)))),
    http.get('*/api/files/properties/:id/comments', () =>
      HttpResponse.json({ results: [], next_cursor: null }),
    ),
    http.get('*/api/files/properties/:id/reminders', () => HttpResponse.json([])),
    ...takes,
  )
})

async function openPlans() {
  const href = filePage.href({ params: { propertyId: PROPERTY }, search: { folder: 'Plans' } })
  const page = await renderPage(filePage, href, { user: records })
  await screen.findByText(/Drop files or folders here/)
  const choose = (...files: File[]) => {
    const [input] = page.container.querySelectorAll('input[type=file]')
    fireEvent.change(input!, { target: { files } })
  }
  return { ...page, choose }
}

const plan = () => new File(['abc'], 'plan.pdf')
const SHA256 = 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad'

test('a file that is dropped is sent in parts with its fingerprint; nothing of it is left to finish', async () => {
  const { choose } = await openPlans()
  choose(plan())
  expect(await screen.findByText('1 stored')).toBeVisible()
  expect(metadata).toEqual([
    { property_id: PROPERTY, folder_id: 'Plans', filename: 'plan.pdf', sha256: SHA256 },
  ])
  expect(unfinishedUploads()).toEqual([])
})

test('folders that are dropped become folders, each asked for once', async () => {
  const made: unknown[] = []
  server.use(
    http.post(`*/api/files/properties/${PROPERTY}/folders`, async ({ request }) => {
      const body = (await request.json()) as { name: string }
      made.push(body)
      return HttpResponse.json(folder(`id-${body.name}`), { status: 201 })
    }),
  )
  const { choose } = await openPlans()
  const lying = (name: string) =>
    Object.defineProperty(new File([name], name), 'webkitRelativePath', { value: `plans/1987/${name}` })
  choose(lying('a.pdf'), lying('b.pdf'))
  expect(await screen.findByText('2 stored')).toBeVisible()
  expect(made).toEqual([
    { name: 'plans', parent_id: 'Plans' },
    { name: '1987', parent_id: 'id-plans' },
  ])
  expect(metadata.map(({ folder_id }) => folder_id)).toEqual(['id-1987', 'id-1987'])
})

test('a file that is here already leads to its document, or is added anyway', async () => {
  server.use(
    http.post(
      '*/api/files/uploads',
      () =>
        HttpResponse.json(
          {
            type: 'urn:banksia:files:document-already-here',
            title: 'This file is already here',
            detail: 'This file is already here as “Stamped plans”. Use that one or add anyway.',
            document_id: 'stamped',
          },
          { status: 409 },
        ),
      { once: true },
    ),
  )
  const { choose, user } = await openPlans()
  choose(plan())
  expect(await screen.findByText('“Stamped plans”')).toBeVisible()
  await user.click(screen.getByRole('button', { name: 'add anyway' }))
  expect(await screen.findByText('1 stored')).toBeVisible()
  expect(metadata[0]).toMatchObject({ add_anyway: 'true' })
})

test('what a reload broke off is named, and goes on in its folder once the same file is chosen', async () => {
  const left = { url: '/api/files/uploads/u1', name: 'plan.pdf', size: 3, sha256: SHA256, about: PROPERTY }
  const kept = [{ ...left, metadata: { folder_id: 'da-41-plans' } }]
  sessionStorage.setItem('banksia.unfinished-uploads', JSON.stringify(kept))
  const { container } = await openPlans()
  expect(screen.getByText('1 upload was not finished')).toBeVisible()
  const again = container.querySelectorAll('input[type=file]')[1]
  fireEvent.change(again!, { target: { files: [plan()] } })
  expect(await screen.findByText('1 stored')).toBeVisible()
  expect(metadata).toEqual([])
  await waitFor(() => expect(screen.queryByText('1 upload was not finished')).toBeNull())
})

test('another file than the one that was not finished is not taken for it', async () => {
  const left = {
    url: '/api/files/uploads/u1',
    name: 'plan.pdf',
    size: 3,
    sha256: 'f'.repeat(64),
    about: PROPERTY,
  }
  sessionStorage.setItem('banksia.unfinished-uploads', JSON.stringify([{ ...left, metadata: {} }]))
  const { container } = await openPlans()
  fireEvent.change(container.querySelectorAll('input[type=file]')[1]!, { target: { files: [plan()] } })
  expect(await screen.findByText(/plan.pdf is none of the files that were not finished/)).toBeVisible()
})
