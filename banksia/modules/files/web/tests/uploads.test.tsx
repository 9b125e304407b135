import { fireEvent, screen, waitFor } from '@testing-library/react'
import { beforeEach, expect, test } from 'vitest'
import { forgetPerson, type Remaining } from '@banksia/kit'
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
  await screen.findAllByText(/Drop files or folders here/)
  const choose = (...files: File[]) => {
    const [input] = page.container.querySelectorAll('input[type=file]')
    fireEvent.change(input!, { target: { files } })
  }
  return { ...page, choose }
}

/** What the browser would still know after a reload. */
const remembered = () =>
  JSON.parse(sessionStorage.getItem('banksia.remaining-uploads') ?? '[]') as Remaining[]

/** As this tab kept it before it was loaded again. */
const leave = (...files: (Partial<Remaining> & { name: string })[]) => {
  const full = files.map((each) => ({
    id: each.name,
    size: 3,
    below: [],
    about: PROPERTY,
    target: {},
    ...each,
  }))
  sessionStorage.setItem('banksia.remaining-uploads', JSON.stringify(full))
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
  await waitFor(() => expect(remembered()).toEqual([]))
})

test('of a property with several parcels the one that the files are about can be named', async () => {
  const parcels = ['13//DP1242624', '14//DP1242624'].map((text) => ({
    text,
    title: `Lot ${text.slice(0, 2)} DP 1242624`,
    status: 'current',
  }))
  server.use(http.get(`*/api/files/properties/${PROPERTY}`, () => HttpResponse.json(file({ parcels }))))
  const { choose, user } = await openPlans()
  await user.selectOptions(screen.getByLabelText('Parcel that the files are about'), 'Lot 14 DP 1242624')
  choose(plan())
  expect(await screen.findByText('1 stored')).toBeVisible()
  expect(metadata.map(({ parcel }) => parcel)).toEqual(['14//DP1242624'])
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
            detail: 'This file is already here as “Stamped plans”.',
            document_id: 'stamped',
            in_this_file: true,
          },
          { status: 409 },
        ),
      { once: true },
    ),
  )
  const { choose, user } = await openPlans()
  choose(plan())
  expect(await screen.findByText('“Stamped plans”')).toBeVisible()
  expect(screen.getByText(/lies in this file already/)).toBeVisible()
  expect(screen.getByRole('button', { name: 'Open it' })).toBeVisible()
  await user.click(screen.getByRole('button', { name: 'Add it anyway' }))
  expect(await screen.findByText('1 stored')).toBeVisible()
  expect(metadata[0]).toMatchObject({ add_anyway: 'true' })
})

test('a file that lies in another file is linked into the folder that it was dropped into', async () => {
  const linked: unknown[] = []
  server.use(
    http.post('*/api/files/uploads', () =>
      HttpResponse.json(
        {
          type: 'urn:banksia:files:document-already-here',
          detail: 'It lies in another file.',
          document_id: 'stamped',
          title: 'Stamped plans',
          property_id: 'p2',
          property_label: '12 Hartley St',
          in_this_file: false,
        },
        { status: 409 },
      ),
    ),
    http.post('*/api/files/documents/stamped/links', async ({ request }) => {
      linked.push(await request.json())
      return HttpResponse.json(detail('stamped'), { status: 201 })
    }),
  )
  const { choose, user } = await openPlans()
  choose(plan())
  expect(await screen.findByText('“Stamped plans”')).toBeVisible()
  expect(screen.getByText(/lies in the file of 12 Hartley St/)).toBeVisible()
  await user.click(screen.getByRole('button', { name: 'Link it here' }))
  await waitFor(() => expect(screen.queryByText('“Stamped plans”')).toBeNull())
  expect(linked).toEqual([{ property_id: PROPERTY, folder_id: 'Plans' }])
})

test('what was dropped is remembered until it is stored', async () => {
  server.use(http.post('*/api/files/uploads', () => new Promise<Response>(() => undefined)))
  const { choose } = await openPlans()
  choose(plan(), new File(['b'], 'b.pdf'))
  expect(remembered().map(({ name, size }) => [name, size])).toEqual([
    ['plan.pdf', 3],
    ['b.pdf', 1],
  ])
  const leaving = new Event('beforeunload', { cancelable: true })
  dispatchEvent(leaving)
  expect(leaving.defaultPrevented).toBe(true)
})

test('what a reload broke off is named, and goes on in its folder once the same file is chosen', async () => {
  const target = { folderId: 'da-41-plans' }
  const begun = { url: '/api/files/uploads/u1', sha256: SHA256, metadata: { folder_id: 'da-41-plans' } }
  leave({ name: 'plan.pdf', target, begun }, { name: 'site.pdf', target }, { name: 'roof.pdf', target })
  const { container, user } = await openPlans()
  expect(screen.getByText(/^3 files were not stored/)).toBeVisible()
  expect(screen.getByText('roof.pdf')).toBeVisible()
  const again = container.querySelectorAll('input[type=file]')[1]
  const site = new File(['efg'], 'site.pdf')
  fireEvent.change(again!, { target: { files: [plan(), site, new File(['x'], 'x.pdf')] } })
  expect(await screen.findByText('2 stored')).toBeVisible()
  expect(metadata).toMatchObject([{ filename: 'site.pdf', folder_id: 'da-41-plans' }])
  expect(screen.getByText(/x.pdf is none of the files that were not finished/)).toBeVisible()
  expect(screen.getByText(/^1 file was not stored/)).toBeVisible()
  await user.click(screen.getByRole('button', { name: 'Give it up' }))
  await waitFor(() => expect(remembered()).toEqual([]))
})

test('the same files dropped into their folder again are not left in the list', async () => {
  leave({ name: 'plan.pdf', target: { folderId: 'Plans' } })
  const { choose } = await openPlans()
  expect(screen.getByText(/^1 file was not stored/)).toBeVisible()
  choose(plan())
  expect(screen.queryByText(/^1 file was not stored/)).toBeNull()
  expect(await screen.findByText('1 stored')).toBeVisible()
})

test('another file than the one that was begun is not taken for it', async () => {
  const begun = { url: '/api/files/uploads/u1', sha256: 'f'.repeat(64), metadata: {} }
  leave({ name: 'plan.pdf', begun })
  const { container } = await openPlans()
  fireEvent.change(container.querySelectorAll('input[type=file]')[1]!, { target: { files: [plan()] } })
  expect(await screen.findByText(/This plan.pdf is another file than the one/)).toBeVisible()
})

test('of two files of one name and size the one whose row is cancelled is broken off', async () => {
  const ended: string[] = []
  let number = 0
  server.use(
    http.post('*/api/files/uploads', () => {
      number += 1
      const Location = `/api/files/uploads/scan-${String(number)}`
      return new HttpResponse(null, { status: 201, headers: { Location, 'Upload-Offset': '0' } })
    }),
    http.patch('*/api/files/uploads/:id', () => new Promise<Response>(() => undefined)),
    http.delete('*/api/files/uploads/:id', ({ params }) => {
      ended.push(String(params.id))
      return new HttpResponse(null, { status: 204 })
    }),
  )
  const { choose, user } = await openPlans()
  choose(new File(['one'], 'scan.pdf'))
  await waitFor(() => expect(remembered()[0]?.begun?.url).toMatch(/scan-1$/))
  choose(new File(['two'], 'scan.pdf'))
  await waitFor(() => expect(remembered()[1]?.begun?.url).toMatch(/scan-2$/))
  await user.click(screen.getAllByRole('button', { name: 'Cancel scan.pdf' })[1]!)
  await waitFor(() => expect(ended).toEqual(['scan-2']))
  await waitFor(() => expect(remembered()).toHaveLength(1))
  expect(remembered()[0]?.begun?.url).toMatch(/scan-1$/)
})
