import { screen } from '@testing-library/react'
import { expect, test } from 'vitest'
import { http, HttpResponse, renderKit, renderPage, server, staff } from '@banksia/kit/testing'
import type { BatchRead } from '../api'
import { BatchDecision } from '../components/settings/batch-decision'
import { placeWords } from '../components/settings/batch-words'
import { batchPage } from '../settings-routes'

const batch: BatchRead = {
  id: 'b1',
  name: 'Shelf 7',
  place: '/srv/shelf-7',
  state: 'loading',
  note: '',
  counts: { ready: 5, rejected: 0, already_here: 0, loaded: 2, failed: 0, undone: 0, kept: 0 },
  row_count: 7,
  bytes_loaded: 2_000_000,
  seconds: 12,
  files_per_second: null,
  started_by_name: 'Priya Nair',
  created_at: '2026-11-20T01:00:00Z',
  ended_at: null,
}

test('a load that is on its way, or was broken off, can be taken back', async () => {
  const taken: string[] = []
  server.use(
    http.post('*/api/files/batches/:id/undo', ({ params }) => {
      taken.push(String(params.id))
      return HttpResponse.json({ ...batch, state: 'undoing' })
    }),
  )
  const { user } = renderKit(<BatchDecision batch={batch} />, { user: staff('files.batches.load') })
  expect(await screen.findByText('Taking the load back stops it: no other file is loaded.')).toBeVisible()
  await user.click(screen.getByRole('button', { name: 'Take back 2 documents' }))
  expect(taken).toEqual(['b1'])
})

test('where the scans lie is told below what the council may load from', async () => {
  const read = {
    ...batch,
    id: '0198c0de-0000-7000-8000-0000000000b1',
    place: '/srv/drop/bluehills/1998/shelf-7',
  }
  server.use(
    http.get('*/api/files/batches/:id', () => HttpResponse.json(read)),
    http.get('*/api/files/batches/:id/rows', () => HttpResponse.json({ results: [], next_cursor: null })),
  )
  await renderPage(batchPage, batchPage.href({ params: { batchId: read.id } }), {
    user: staff('files.batches.load'),
  })
  expect(await screen.findByText(/^1998\/shelf-7, begun by Priya Nair/)).toBeVisible()
  expect(screen.queryByText(/srv/)).toBeNull()
})

test('a place that is not in the council’s own part stays whole', () => {
  expect(placeWords('/home/ruth/shelf-7', 'bluehills')).toBe('/home/ruth/shelf-7')
  expect(placeWords('s3://scans/bluehills/shelf-7', 'bluehills')).toBe('shelf-7')
})
