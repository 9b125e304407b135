import { screen } from '@testing-library/react'
import { beforeEach, expect, test } from 'vitest'
import { http, HttpResponse, renderPage, server, staff } from '@banksia/kit/testing'
import type { DocumentDetail } from '../api'
import { filePage } from '../routes'
import { detail, document, file, PROPERTY } from './factories'

beforeEach(() => {
  server.use(
    http.get(`*/api/files/properties/${PROPERTY}`, () => HttpResponse.json(file())),
    http.get(`*/api/files/properties/${PROPERTY}/documents`, () =>
      HttpResponse.json({ results: [document('Survey')], next_cursor: null }),
    ),
    http.get('*/api/files/properties/:id/reminders', () => HttpResponse.json([])),
    http.get('*/api/files/properties/:id/comments', () =>
      HttpResponse.json({ results: [], next_cursor: null }),
    ),
  )
})

async function open(changes: Partial<DocumentDetail>, ...permissions: string[]) {
  server.use(http.get('*/api/files/documents/:id', () => HttpResponse.json(detail('Survey', changes))))
  const search = { folder: 'Plans', document: 'Survey', tab: 'details' } as const
  await renderPage(filePage, filePage.href({ params: { propertyId: PROPERTY }, search }), {
    user: staff('files.documents.read', ...permissions),
  })
}

test.each([
  ['not_checked', null, /^Not checked yet$/],
  ['whole', '2026-11-20T02:00:00Z', /^Unchanged on 20/],
  [
    'damaged',
    '2026-11-20T02:00:00Z',
    /^Damaged: its bytes are not those that were stored\. Ask an administrator/,
  ],
  ['missing', '2026-11-20T02:00:00Z', /^Missing: its bytes are not in the store\. Ask an administrator/],
] as const)('says what was found when the bytes were last read: %s', async (state, at, words) => {
  await open({ bytes_state: state, last_verified_at: at })
  expect(await screen.findByText(words, undefined, { timeout: 10_000 })).toBeVisible()
})

const { latest } = document('Survey')
const infected = { ...latest, number: 2, virus_scan: 'infected', virus_name: 'Eicar' } as const
const CONTENT = '/api/files/documents/Survey/versions/2/content'

test.each([
  [{ latest: infected }, 'Eicar was found in this file', 'Download the infected file', '?infected=true'],
  [
    { latest: { ...latest, number: 2 }, bytes_state: 'damaged' },
    'This file is damaged',
    'Download the damaged file',
    '?damaged=true',
  ],
] as const)('gives out what can do harm with a warning: %#', async (changes, title, label, query) => {
  await open(changes, 'files.documents.infected', 'files.documents.damaged')
  expect(await screen.findByText(title, undefined, { timeout: 10_000 })).toBeVisible()
  expect(screen.getByRole('link', { name: label })).toHaveAttribute('href', CONTENT + query)
  expect(screen.queryByRole('link', { name: 'Download' })).toBeNull()
})

test('gives out nothing infected to who may not have it, earlier versions included', async () => {
  const versions = [infected, { ...infected, number: 1 }]
  await open({ latest: infected, versions })
  expect(await screen.findByText(/Version 1, in which Eicar was found/)).toBeVisible()
  expect(screen.queryAllByRole('link', { name: /Download|Version 1/ })).toEqual([])
})

test('an earlier version with a virus says so on its link', async () => {
  await open({ versions: [latest, { ...infected, number: 3 }] }, 'files.documents.infected')
  expect(await screen.findByRole('link', { name: 'Version 3, in which Eicar was found' })).toHaveAttribute(
    'href',
    '/api/files/documents/Survey/versions/3/content?infected=true',
  )
  expect(screen.getByRole('link', { name: 'Download' })).toBeVisible()
})
