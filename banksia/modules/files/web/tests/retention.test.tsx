import { screen, waitFor, within } from '@testing-library/react'
import { expect, test } from 'vitest'
import { http, HttpResponse, renderPage, server, staff } from '@banksia/kit/testing'
import type { BatchRead, FileRead, RetentionClassRead } from '../api'
import { kindWord } from '../components/words'
import { filePage } from '../routes'
import { batchPage } from '../settings-routes'
import { file, folder, PROPERTY } from './factories'

const id = (last: string) => `01990000-0000-7000-8000-0000000000${last}`

const SIGNIFICANT: RetentionClassRead = {
  id: id('c1'),
  code: 'significant-applications',
  title: 'Significant development applications',
  authority: 'FA450',
  trigger: 'never',
  keep_years: null,
  until_demolished: false,
  action: 'Keep for ever: required as State archives',
  is_active: true,
}

const DA = folder('da-41', {
  kind: 'application',
  name: 'DA 2017/41',
  application_number: '2017/41',
  property_id: PROPERTY,
  kept: null,
})

function serveFile(read: FileRead) {
  server.use(
    http.get(`*/api/files/properties/${PROPERTY}`, () => HttpResponse.json(read)),
    http.get(`*/api/files/properties/${PROPERTY}/documents`, () =>
      HttpResponse.json({ results: [], next_cursor: null }),
    ),
    http.get('*/api/files/retention-classes', () => HttpResponse.json([SIGNIFICANT])),
  )
}

const openFolder = (...permissions: string[]) =>
  renderPage(filePage, filePage.href({ params: { propertyId: PROPERTY }, search: { folder: DA.id } }), {
    user: staff('files.documents.read', ...permissions),
  })

test('a folder without a class says that it is kept, and an administrator chooses one', async () => {
  const chosen: unknown[] = []
  serveFile(file({ folders: [DA] }))
  server.use(
    http.put('*/api/files/property-folders/da-41/retention', async ({ request }) => {
      chosen.push(await request.json())
      return HttpResponse.json(DA)
    }),
  )
  const { user } = await openFolder('files.retention.manage')
  expect(await screen.findByText(/no retention class: it is kept until one is chosen/)).toBeVisible()
  await user.click(screen.getByRole('button', { name: 'How long it is kept' }))
  const dialog = await screen.findByRole('dialog', { name: 'How long DA 2017/41 is kept' })
  await user.selectOptions(await within(dialog).findByLabelText(/Retention class/), SIGNIFICANT.id)
  await user.click(within(dialog).getByRole('button', { name: 'Save class' }))
  await waitFor(() => expect(chosen).toEqual([{ retention_class_id: SIGNIFICANT.id }]))
})

test('nobody else is offered to choose it', async () => {
  serveFile(file({ folders: [DA] }))
  await openFolder('files.folders.manage')
  expect(await screen.findByRole('button', { name: 'Archive' })).toBeVisible()
  expect(screen.queryByRole('button', { name: 'Rename' })).toBeNull()
  expect(screen.queryByRole('button', { name: 'How long it is kept' })).toBeNull()
})

test('a new application is marked as what it is', async () => {
  const made: unknown[] = []
  serveFile(file({ folders: [DA] }))
  server.use(
    http.post(`*/api/files/properties/${PROPERTY}/applications`, async ({ request }) => {
      made.push(await request.json())
      return HttpResponse.json(DA, { status: 201 })
    }),
  )
  const { user } = await openFolder('files.applications.create')
  await user.click(await screen.findByRole('button', { name: 'New DA folder' }))
  await user.type(await screen.findByLabelText(/Number of the application/), '2017/42')
  await user.selectOptions(screen.getByLabelText(/Kind of application/), 'subdivisions')
  await user.click(screen.getByRole('button', { name: 'Make DA folder' }))
  await waitFor(() => expect(made).toEqual([{ number: '2017/42', kept_as: 'subdivisions' }]))
})

function batch(changes: Partial<BatchRead>): BatchRead {
  return {
    id: id('b1'),
    created_at: '2026-11-29T05:20:00Z',
    name: 'Shelf 7',
    place: '/srv/shelf-7',
    state: 'loaded',
    note: '',
    counts: { ready: 0, rejected: 0, already_here: 0, loaded: 0, failed: 0, undone: 0, kept: 0 },
    row_count: 5,
    bytes_loaded: 560,
    seconds: 1,
    files_per_second: 5,
    started_by_name: 'Priya Nair',
    ended_at: null,
    ...changes,
  }
}

async function openBatch(read: BatchRead) {
  server.use(
    http.get('*/api/files/batches/:id', () => HttpResponse.json(read)),
    http.get('*/api/files/batches/:id/rows', () => HttpResponse.json({ results: [], next_cursor: null })),
  )
  return renderPage(batchPage, batchPage.href({ params: { batchId: read.id } }), {
    user: staff('files.batches.load'),
  })
}

const COUNTS = batch({}).counts

test('a load that was taken back says what stayed', async () => {
  await openBatch(batch({ state: 'undone', counts: { ...COUNTS, undone: 3, kept: 2 } }))
  expect(await screen.findByText('3 documents taken back')).toBeVisible()
  expect(screen.getByText('2 documents not taken back')).toBeVisible()
  expect(screen.getByRole('link', { name: 'Not taken back (2)' })).toBeVisible()
})

test('one that could not be taken back says so and is tried again', async () => {
  const undone: unknown[] = []
  server.use(
    http.post('*/api/files/batches/:id/undo', ({ params }) => {
      undone.push(params.id)
      return HttpResponse.json(batch({ state: 'undoing' }))
    }),
  )
  const failed = batch({
    state: 'undo_failed',
    note: 'Something went wrong on the way.',
    counts: { ...COUNTS, undone: 1, loaded: 4 },
  })
  const { user } = await openBatch(failed)
  expect(
    await screen.findByText(/Something went wrong on the way. 1 document taken back so far/),
  ).toBeVisible()
  await user.click(screen.getByRole('button', { name: 'Take back 4 documents' }))
  await waitFor(() => expect(undone).toEqual([failed.id]))
})

test('a kind of file has a word, else its ending', () => {
  expect(kindWord('image/svg+xml', 'svg')).toBe('SVG drawing')
  expect(kindWord('application/x-shapefile', 'shp')).toBe('SHP file')
  expect(kindWord('application/octet-stream', null)).toBe('Other files')
})
