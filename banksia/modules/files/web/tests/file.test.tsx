import { act, screen, waitFor, within } from '@testing-library/react'
import { beforeEach, expect, test } from 'vitest'
import { http, HttpResponse, problem, renderPage, server, setWidth, staff } from '@banksia/kit/testing'
import { filePage } from '../routes'
import { detail, document, file, folder, PROPERTY } from './factories'

const records = staff(
  'files.documents.read',
  'files.documents.add',
  'files.documents.send',
  'files.applications.create',
  'files.folders.manage',
)
const asked: string[] = []

beforeEach(() => {
  asked.length = 0
  const rows = [
    document('Survey', { pinned_at: '2018-08-14T05:20:00Z', pinned_by_name: 'Ana Reyes' }),
    document('Elevations', { from_parcel: 'B//DP397521', until_on: '2018-03-12' }),
  ]
  server.use(
    http.get(`*/api/files/properties/${PROPERTY}`, () => HttpResponse.json(file())),
    http.get(`*/api/files/properties/${PROPERTY}/documents`, ({ request }) => {
      asked.push(new URL(request.url).search)
      return HttpResponse.json({ results: rows, next_cursor: null })
    }),
    http.get('*/api/files/documents/:id', ({ params }) => HttpResponse.json(detail(String(params.id)))),
    http.get('*/api/files/properties/:id/comments', () =>
      HttpResponse.json({ results: [comment(true), comment(false)], next_cursor: null }),
    ),
    http.get('*/api/files/properties/:id/reminders', () => HttpResponse.json([])),
    http.get('*/api/files/properties/:id/owners', () =>
      HttpResponse.json([{ name: 'Dale Kaur', email: 'dale@example.org' }]),
    ),
  )
})

const comment = (mine: boolean) => ({
  id: String(mine),
  created_at: '2018-08-15T05:20:00Z',
  folder_id: null,
  document_id: 'Survey',
  text: mine ? 'Sheet 4 replaces the one stamped in June.' : 'Which sheet?',
  author_name: mine ? 'Priya Nair' : 'Ana Reyes',
  is_mine: mine,
})

const open = (search: Parameters<typeof filePage.href>[0]['search'] = {}) =>
  renderPage(filePage, filePage.href({ params: { propertyId: PROPERTY }, search }), { user: records })

test('shows folders in two groups, the newest application first, and what an inherited document comes from', async () => {
  const { user } = await open({ folder: 'Plans' })
  expect(await screen.findByText(/42 documents, includes 12 from Lot B DP 397521/)).toBeVisible()
  expect(screen.getByText(/Nothing is purged from it: Land and Environment Court/)).toBeVisible()
  expect(await screen.findByText('From Lot B DP 397521 until 12 March 2018')).toBeVisible()
  expect(screen.getByText('2 documents, keep 10 years or until demolished')).toBeVisible()
  const folders = screen.getByRole('navigation', { name: 'Folders' })
  const names = within(folders)
    .getAllByRole('link')
    .map(({ textContent }) => textContent)
  expect(names).toEqual(['All documents', 'Plans', 'Notices', 'DA 2017/41', 'DA 2008/117', 'DA 2008/9'])
  expect(within(folders).getByLabelText('Restricted')).toBeInTheDocument()
  await user.click(within(folders).getByRole('button', { name: 'Open DA 2017/41' }))
  expect(within(folders).getAllByRole('link', { name: 'Plans' })).toHaveLength(2)
  expect(asked[0]).toContain('folder_id=Plans')
})

test('keys walk the list, open a document and pin it; the answer is put in place and the list not asked for again', async () => {
  const pins: unknown[] = []
  server.use(
    http.put('*/api/files/documents/Elevations/pin', async ({ request }) => {
      pins.push(await request.json())
      return HttpResponse.json(detail('Elevations', { pinned_at: '2026-11-28T00:00:00Z' }))
    }),
  )
  const { user, location } = await open({ folder: 'Plans' })
  await screen.findByRole('link', { name: 'Elevations' })
  await user.keyboard('j{ArrowDown}p')
  expect(await screen.findByRole('button', { name: 'Pin Elevations', pressed: true })).toBeVisible()
  expect(pins).toEqual([{ pinned: true }])
  expect(asked).toHaveLength(1)
  await user.keyboard('{Enter}')
  await waitFor(() => expect(location()).toContain('document=Elevations'))
  expect(await screen.findByText('Not checked yet')).toBeVisible()
})

test('the number of an application is refused on its field', async () => {
  server.use(
    http.post(`*/api/files/properties/${PROPERTY}/applications`, () =>
      problem(422, 'Check the number.', [
        { field: 'number', message: 'Write the year, a slash and the number.' },
      ]),
    ),
  )
  const { user } = await open()
  await user.click(await screen.findByRole('button', { name: 'New DA folder' }))
  await user.type(await screen.findByLabelText(/Number of the application/), '17-41')
  await user.click(screen.getByRole('button', { name: 'Make DA folder' }))
  const field = await screen.findByLabelText(/Number of the application/)
  await waitFor(() => expect(field).toBeInvalid())
})

test('sends the versions on screen with their hash to the owner that was chosen', async () => {
  const sent: unknown[] = []
  server.use(
    http.post(`*/api/files/properties/${PROPERTY}/sendings`, async ({ request }) => {
      sent.push(await request.json())
      const documents = [{ document_id: 'Survey', version_number: 1 }]
      return HttpResponse.json({ to_email: 'dale@example.org', method: 'link', documents }, { status: 201 })
    }),
  )
  const { user } = await open({ folder: 'Plans' })
  await user.click(await screen.findByLabelText('Select Survey'))
  await user.click(screen.getByRole('button', { name: 'Send to owner' }))
  await user.selectOptions(await screen.findByLabelText('To'), 'dale@example.org')
  await user.click(screen.getByRole('button', { name: 'Send 1 document' }))
  expect(await screen.findByText('1 document goes to dale@example.org, as a link in the mail.')).toBeVisible()
  expect(sent).toEqual([
    expect.objectContaining({
      to_email: 'dale@example.org',
      to_name: 'Dale Kaur',
      documents: [{ document_id: 'Survey', version_number: 1, sha256: 'a'.repeat(64) }],
    }),
  ])
})

test('on a phone folders are a select and the details a page of their own', async () => {
  setWidth(390)
  const { user } = await open({ folder: 'Plans', document: 'Survey', tab: 'comments' })
  expect(await screen.findByText('You, Wed 15 Aug 2018, 3:20 pm')).toBeVisible()
  expect(screen.getByText('Ana Reyes, Wed 15 Aug 2018, 3:20 pm')).toBeVisible()
  expect(screen.queryByLabelText('Folder')).toBeNull()
  await user.click(screen.getByRole('button', { name: 'Back to the documents' }))
  expect(await screen.findByLabelText('Folder')).toHaveValue('Plans')
})

test('who turns a tablet goes on in the form that is open', async () => {
  const { user } = await open({ folder: 'Plans', document: 'Survey' })
  const details = within(await screen.findByRole('region', { name: 'Details of the document' }))
  await user.click(await details.findByRole('button', { name: 'Send to owner' }))
  await user.type(await screen.findByLabelText('Email'), 'dale@example.org')
  for (const pixels of [800, 390, 1280]) {
    act(() => {
      setWidth(pixels)
    })
    expect(screen.getByLabelText('Email')).toHaveValue('dale@example.org')
  }
})

test('asks to remove with a reason, and takes one’s own request back', async () => {
  const reasons: unknown[] = []
  let removal: string | null = null
  server.use(
    http.get('*/api/files/documents/Survey', () =>
      HttpResponse.json(detail('Survey', { removal_id: removal, removal_is_mine: removal !== null })),
    ),
    http.post('*/api/files/documents/Survey/removals', async ({ request }) => {
      reasons.push(await request.json())
      removal = 'r1'
      return HttpResponse.json({}, { status: 201 })
    }),
    http.post('*/api/files/removals/r1/withdraw', () => {
      removal = null
      return HttpResponse.json({})
    }),
  )
  const { user } = await open({ document: 'Survey' })
  await user.click(await screen.findByRole('button', { name: 'Ask to remove this document' }))
  await user.type(screen.getByLabelText(/Why/), 'Scanned twice.')
  await user.click(screen.getByRole('button', { name: 'Ask to remove' }))
  await user.click(await screen.findByRole('button', { name: 'Withdraw the request' }))
  expect(await screen.findByRole('button', { name: 'Ask to remove this document' })).toBeVisible()
  expect(reasons).toEqual([{ reason: 'Scanned twice.' }])
})

test('shows what a letter says, asked for once', async () => {
  let looks = 0
  const letter = { ...document('Letter').latest, content_type: 'text/plain', has_preview: true }
  server.use(
    http.get('*/api/files/documents/Survey', () => HttpResponse.json(detail('Survey', { latest: letter }))),
    http.get('*/api/files/documents/Survey/versions/1/preview', () => {
      looks += 1
      return HttpResponse.text('Please find the survey of lot 13.', {
        headers: { 'content-type': 'text/plain; charset=utf-8' },
      })
    }),
  )
  const { user } = await open({ folder: 'Plans', document: 'Survey' })
  await user.click(await screen.findByRole('button', { name: 'Show preview' }))
  const region = await screen.findByRole('region', { name: 'What Survey says' })
  expect(region).toHaveTextContent('Please find the survey of lot 13.')
  expect(looks).toBe(1)
  const print = screen.getByRole('link', { name: /^Print/ })
  expect(print).toHaveAttribute('href', '/api/files/documents/Survey/versions/1/preview')
  expect(print).toHaveAttribute('target', '_blank')
})

test('an administrator holds a folder with a reason', async () => {
  const holds: unknown[] = []
  server.use(
    http.post('*/api/files/holds', async ({ request }) => {
      holds.push(await request.json())
      return HttpResponse.json({}, { status: 201 })
    }),
  )
  const { user } = await renderPage(
    filePage,
    filePage.href({ params: { propertyId: PROPERTY }, search: { folder: 'Plans' } }),
    { user: staff('files.documents.read', 'files.retention.manage') },
  )
  await user.click(await screen.findByRole('button', { name: 'Place a hold' }))
  const dialog = await screen.findByRole('dialog', { name: /^Place a hold on/ })
  await user.click(within(dialog).getByRole('button', { name: 'Place hold' }))
  expect(await within(dialog).findAllByText(/Enter why nothing may be destroyed/)).not.toHaveLength(0)
  await user.type(within(dialog).getByLabelText(/Reason/), 'Land and Environment Court')
  await user.click(within(dialog).getByRole('button', { name: 'Place hold' }))
  await waitFor(() => expect(holds).toHaveLength(1))
  expect(holds[0]).toMatchObject({ folder_id: 'Plans', reason: 'Land and Environment Court' })
})

test('offers nothing that is refused: views, the property’s page and what changes a file ask for their rights', async () => {
  const viewer = staff('files.documents.read')
  await renderPage(
    filePage,
    filePage.href({ params: { propertyId: PROPERTY }, search: { folder: 'Plans', document: 'Survey' } }),
    { user: viewer },
  )
  expect(await screen.findByRole('button', { name: 'Ask to remove this document' })).toBeVisible()
  expect(screen.getByRole('button', { name: 'Pin Elevations' })).toBeVisible()
  const views = within(screen.getByRole('navigation', { name: 'File' })).getAllByRole('link')
  expect(views.map(({ textContent }) => textContent)).toEqual(['Documents', 'Log', 'Comments', 'Reminders'])
  expect(screen.queryByRole('link', { name: 'Property page' })).toBeNull()
  const refused =
    /New DA folder|New folder here|Send to owner|Edit title|Add a new|Move to|Link to|Place a hold/
  expect(screen.queryByRole('button', { name: refused })).toBeNull()
})

test.each(['sent', 'orders'] as const)('the address of %s says who may look at it', async (view) => {
  await renderPage(filePage, filePage.href({ params: { propertyId: PROPERTY }, search: { view } }), {
    user: staff('files.documents.read'),
  })
  expect(await screen.findByText(/^You do not have access to/)).toBeVisible()
})

test('who may see property records is offered their page and the orders', async () => {
  await renderPage(filePage, filePage.href({ params: { propertyId: PROPERTY } }), {
    user: staff('files.documents.read', 'property.properties.read'),
  })
  expect(await screen.findByRole('link', { name: 'Property page' })).toBeVisible()
  expect(screen.getByRole('link', { name: 'Orders' })).toBeVisible()
})

test('an application and its parts keep their names, and a folder made in one may be renamed', async () => {
  const whole = file()
  const own = { property_id: PROPERTY, kind: 'application' } as const
  const folders = [
    folder('da', { ...own, name: 'DA 2020/7', application_number: '2020/7', position: 0 }),
    folder('da-notes', { ...own, name: 'Notes', parent_id: 'da', position: 4 }),
    folder('da-photos', { ...own, name: 'Photos', parent_id: 'da-notes', position: 0 }),
  ]
  server.use(
    http.get(`*/api/files/properties/${PROPERTY}`, () =>
      HttpResponse.json({ ...whole, folders: [...whole.folders, ...folders] }),
    ),
  )
  for (const [id, offered] of [
    ['da', 0],
    ['da-notes', 0],
    ['da-photos', 1],
  ] as const) {
    const { unmount } = await open({ folder: id })
    expect(await screen.findByRole('button', { name: 'New folder here' })).toBeVisible()
    expect(screen.queryAllByRole('button', { name: 'Rename' })).toHaveLength(offered)
    unmount()
  }
})
