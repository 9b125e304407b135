import { screen, waitFor, within } from '@testing-library/react'
import { afterEach, expect, test, vi } from 'vitest'
import { http, HttpResponse, problem, renderPage, server, setWidth, staff } from '@banksia/kit/testing'
import type {
  DisposalDocumentRead,
  DisposalRead,
  FolderRead,
  HoldRead,
  RemovalRead,
  RetentionClassRead,
} from '../api'
import { disposalPage, foldersPage, removalsPage, retentionPage } from '../settings-routes'

afterEach(() => vi.useRealTimers())

const id = (last: string) => `01990000-0000-7000-8000-0000000000${last}`
const user = staff('files.structure.manage', 'files.retention.manage', 'files.removals.decide')

const SUBDIVISIONS: RetentionClassRead = {
  id: id('c1'),
  code: 'subdivisions',
  title: 'Subdivisions',
  authority: 'FA450',
  trigger: 'folder_closed',
  keep_years: 20,
  until_demolished: false,
  action: 'Keep 20 years after completion',
  is_active: true,
}

function folder(changes: Partial<FolderRead> & Pick<FolderRead, 'id' | 'name' | 'position'>): FolderRead {
  return {
    key: null,
    kind: 'fixed',
    property_id: null,
    parent_id: null,
    application_number: null,
    is_restricted: false,
    retention_class_id: null,
    archived_at: null,
    archived_by_name: null,
    demolished_on: null,
    ...changes,
  }
}

const FOLDERS = [
  folder({ id: id('f1'), name: 'Certificates', key: 'certificates', position: 1 }),
  folder({ id: id('f2'), name: 'Notices', position: 2, is_restricted: true }),
  folder({ id: id('f3'), name: 'Rates', position: 7 }),
  folder({ id: id('f4'), name: 'Fire orders', position: 1, parent_id: id('f2'), is_restricted: true }),
]

test('folders stand as a tree, move among those beside them, and are restricted where the folder above is not', async () => {
  const sent: unknown[] = []
  server.use(
    http.get('*/api/files/folders', () => HttpResponse.json(FOLDERS)),
    http.get('*/api/files/retention-classes', () => HttpResponse.json([SUBDIVISIONS])),
    http.patch('*/api/files/folders/:folder', async ({ params, request }) => {
      sent.push([params.folder, await request.json()])
      return sent.length > 2
        ? problem(409, 'There is a folder called Rates here. Choose another name.')
        : HttpResponse.json(FOLDERS[0])
    }),
  )
  const { user: hand } = await renderPage(foldersPage, undefined, { user })
  const changes = await screen.findAllByRole('button', { name: /^Change / })
  expect(changes.map((each) => each.getAttribute('aria-label'))).toEqual([
    'Change Certificates',
    'Change Notices',
    'Change Fire orders',
    'Change Rates',
  ])
  await hand.click(screen.getByRole('button', { name: 'Move Certificates up' }))
  expect(sent).toEqual([])
  await hand.click(screen.getByRole('button', { name: 'Move Rates up' }))
  await waitFor(() =>
    expect(sent).toEqual([
      [id('f3'), { position: 2 }],
      [id('f2'), { position: 3 }],
    ]),
  )
  await hand.click(screen.getByRole('button', { name: 'Change Fire orders' }))
  expect(screen.getByText('Notices is restricted, and so is what lies in it.')).toBeVisible()
  expect(screen.queryByRole('checkbox', { name: 'Restricted' })).toBeNull()
  await hand.click(screen.getByRole('button', { name: 'Change Certificates' }))
  expect(screen.getByText(/so it cannot be archived/)).toBeVisible()
  const form = within(screen.getByRole('form', { name: 'Change Certificates' }))
  await hand.click(form.getByRole('checkbox', { name: 'Restricted' }))
  await hand.selectOptions(form.getByLabelText(/How long/), SUBDIVISIONS.id)
  await hand.click(form.getByRole('button', { name: 'Save folder' }))
  expect(await form.findByText(/There is a folder called Rates here/)).toBeVisible()
  expect(sent[2]).toEqual([id('f1'), { retention_class_id: SUBDIVISIONS.id, is_restricted: true }])
  // Only the name: the sub-folders that are restricted by themselves stay so.
  await hand.click(screen.getByRole('button', { name: 'Change Rates' }))
  const other = within(screen.getByRole('form', { name: 'Change Rates' }))
  await hand.type(other.getByLabelText('Name'), ' and charges')
  await hand.click(other.getByRole('button', { name: 'Save folder' }))
  await waitFor(() => expect(sent[3]).toEqual([id('f3'), { name: 'Rates and charges' }]))
})

test('a class asks for years unless it keeps for ever', async () => {
  const sent: unknown[] = []
  server.use(
    http.get('*/api/files/retention-classes', () => HttpResponse.json([SUBDIVISIONS])),
    http.post('*/api/files/retention-classes', async ({ request }) => {
      sent.push(await request.json())
      return HttpResponse.json(SUBDIVISIONS, { status: 201 })
    }),
  )
  const { user: hand } = await renderPage(retentionPage, undefined, { user })
  expect(await screen.findByText('20 years after the folder is archived')).toBeVisible()
  await hand.click(screen.getByRole('button', { name: 'Add a class' }))
  const form = within(screen.getByRole('form', { name: 'New class' }))
  expect(form.getByLabelText('Code')).toHaveFocus()
  await hand.type(form.getByLabelText('Code'), '2.4.1')
  await hand.type(form.getByLabelText('Title'), 'Registers')
  await hand.type(form.getByLabelText(/What the authority says/), 'Keep for ever')
  await hand.click(form.getByRole('button', { name: 'Add class' }))
  expect(await form.findByText(/Enter the years, from 0 to 200/, { selector: 'a' })).toBeVisible()
  await hand.selectOptions(form.getByLabelText(/period begins/), 'never')
  expect(form.queryByLabelText('Years to keep')).toBeNull()
  await hand.click(form.getByRole('button', { name: 'Add class' }))
  await waitFor(() =>
    expect(sent).toEqual([
      {
        code: '2.4.1',
        title: 'Registers',
        authority: 'FA450',
        trigger: 'never',
        keep_years: null,
        until_demolished: false,
        action: 'Keep for ever',
      },
    ]),
  )
})

const HOLD: HoldRead = {
  id: id('d1'),
  created_at: '2026-11-20T01:00:00Z',
  property_id: id('e1'),
  property_label: '9 Portland Road, Portland',
  folder_id: null,
  document_id: null,
  reason: 'Land and Environment Court',
  placed_by_name: 'Ada Admin',
  lifted_at: null,
  lifted_by_name: null,
  lifted_because: null,
}

test('a hold is lifted with a reason, and not without', async () => {
  const sent: unknown[] = []
  server.use(
    http.get('*/api/files/holds', () => HttpResponse.json({ results: [HOLD], next_cursor: null })),
    http.post(`*/api/files/holds/${HOLD.id}/lift`, async ({ request }) => {
      sent.push(await request.json())
      return HttpResponse.json(HOLD)
    }),
  )
  setWidth(390)
  const page = retentionPage.href({ search: { view: 'holds' } })
  const { user: hand } = await renderPage(retentionPage, page, { user })
  await hand.click(await screen.findByRole('button', { name: /^Lift hold on 9 Portland Road/ }))
  const dialog = within(screen.getByRole('dialog'))
  await hand.click(dialog.getByRole('button', { name: 'Lift hold' }))
  expect(dialog.getByText(/Enter why the hold ends/)).toBeVisible()
  await hand.type(dialog.getByLabelText('Why it ends'), 'Judgment given')
  await hand.click(dialog.getByRole('button', { name: 'Lift hold' }))
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull())
  expect(sent).toEqual([{ reason: 'Judgment given' }])
})

function removal(changes: Partial<RemovalRead>): RemovalRead {
  return {
    id: id('a1'),
    created_at: '2026-11-20T01:00:00Z',
    document_id: id('b1'),
    document_title: 'Letter of 2019',
    property_id: id('e1'),
    property_label: '9 Portland Road, Portland',
    reason: 'Filed twice',
    requested_by_name: 'Rhys Records',
    is_mine: false,
    state: 'asked',
    decided_by_name: null,
    decided_at: null,
    decision_note: '',
    purge_after_at: null,
    kept_because: null,
    kept_until_on: null,
    ...changes,
  }
}

test('a removal is decided by another person, who is told what keeps the document', async () => {
  const sent: unknown[] = []
  const mine = removal({ id: id('a2'), document_title: 'My own', is_mine: true })
  const kept = removal({ kept_because: 'A hold is on: Land and Environment Court' })
  server.use(
    http.get('*/api/files/removals', () => HttpResponse.json({ results: [kept, mine], next_cursor: null })),
    http.post('*/api/files/removals/:removal/decide', async ({ params, request }) => {
      sent.push([params.removal, await request.json()])
      return problem(409, 'Tom Okafor decided this already.')
    }),
  )
  const { user: hand } = await renderPage(removalsPage, undefined, { user })
  expect(await screen.findByText('A hold is on: Land and Environment Court')).toBeVisible()
  expect(screen.getByText('Another administrator decides')).toBeVisible()
  expect(screen.queryByRole('button', { name: 'Approve removal of My own' })).toBeNull()
  await hand.click(screen.getByRole('button', { name: 'Refuse removal of Letter of 2019' }))
  await hand.click(screen.getByRole('button', { name: 'Refuse removal' }))
  expect(screen.getByText(/Enter why it stays/)).toBeVisible()
  await hand.click(screen.getByRole('button', { name: 'Leave it as it is' }))
  await hand.click(screen.getByRole('button', { name: 'Approve removal of Letter of 2019' }))
  const dialog = within(screen.getByRole('dialog'))
  expect(dialog.getByText(/not destroyed while it has to be kept/)).toBeVisible()
  await hand.click(dialog.getByRole('button', { name: 'Approve removal' }))
  expect(await dialog.findByText('Tom Okafor decided this already.')).toBeVisible()
  expect(sent).toEqual([[kept.id, { approve: true, note: '' }]])
})

const LIST: DisposalRead = {
  id: id('91'),
  created_at: '2026-11-20T01:00:00Z',
  number: 3,
  title: 'Correspondence of 2006',
  state: 'proposed',
  due_by_on: '2026-11-20',
  made_by_name: 'Tom Okafor',
  is_mine: false,
  approved_by_name: null,
  approved_at: null,
  done_at: null,
  has_certificate: false,
  document_count: 214,
}
const LISTED: DisposalDocumentRead = {
  document_id: id('b1'),
  title: 'Letter of 2006',
  property_id: id('e1'),
  property_label: '9 Portland Road, Portland',
  class_code: 'subdivisions',
  due_on: '2026-11-01',
  is_kept: false,
  kept_because: '',
  state: 'present',
  sha256: 'ab'.repeat(32),
  size: 20_000,
}

test('a list says how many documents it destroys, follows the work and offers its certificate', async () => {
  const approved: DisposalRead = {
    ...LIST,
    state: 'approved',
    approved_by_name: 'Priya Nair',
    approved_at: '2026-11-21T01:00:00Z',
  }
  let answer = LIST
  server.use(
    http.get(`*/api/files/disposals/${LIST.id}`, () => HttpResponse.json(answer)),
    http.get(`*/api/files/disposals/${LIST.id}/documents`, () =>
      HttpResponse.json({ results: [LISTED], next_cursor: null }),
    ),
    http.post(`*/api/files/disposals/${LIST.id}/approve`, () => {
      answer = approved
      return HttpResponse.json(answer)
    }),
  )
  const { user: hand } = await renderPage(
    disposalPage,
    disposalPage.href({ params: { disposalId: LIST.id } }),
    {
      user,
    },
  )
  const destroy = await screen.findByRole('button', { name: 'Destroy 214 documents' })
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] })
  await hand.click(destroy)
  expect(await screen.findByText('The documents are being destroyed')).toBeVisible()
  answer = { ...approved, state: 'done', done_at: '2026-11-21T01:01:00Z', has_certificate: true }
  vi.advanceTimersByTime(2_000)
  vi.useRealTimers()
  const link = await screen.findByRole('link', { name: 'Certificate of destruction (PDF)' })
  expect(link).toHaveAttribute('href', `/api/files/disposals/${LIST.id}/certificate`)
  expect(screen.queryByRole('button', { name: 'Cancel this list' })).toBeNull()
})
