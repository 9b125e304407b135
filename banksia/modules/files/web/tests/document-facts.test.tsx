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

async function open(changes: Partial<DocumentDetail>) {
  server.use(http.get('*/api/files/documents/:id', () => HttpResponse.json(detail('Survey', changes))))
  const search = { folder: 'Plans', document: 'Survey', tab: 'details' } as const
  await renderPage(filePage, filePage.href({ params: { propertyId: PROPERTY }, search }), {
    user: staff('files.documents.read'),
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
