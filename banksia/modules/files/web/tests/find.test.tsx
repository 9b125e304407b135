import { screen, waitFor } from '@testing-library/react'
import { beforeEach, describe, expect, test } from 'vitest'
import { http, HttpResponse, problem, renderPage, server, staff } from '@banksia/kit/testing'
import { findPage, sharedPage } from '../routes'
import { document, file, PROPERTY } from './factories'

const reader = staff('files.documents.read')

describe('find', () => {
  test('as one types, each file says who touched it, what is in it, what is pinned and what was said', async () => {
    server.use(
      http.get('*/api/files/properties', ({ request }) =>
        HttpResponse.json({
          results: new URL(request.url).searchParams.get('q') === '9 portland' ? [summary] : [],
        }),
      ),
    )
    const { user, location } = await renderPage(findPage, findPage.href(), { user: reader })
    await user.type(screen.getByLabelText(/Find the property/), '9 portland')
    expect(await screen.findByText(/Sent by Ana Reyes/)).toBeVisible()
    expect(screen.getByRole('link', { name: 'Plans' })).toHaveAttribute(
      'href',
      expect.stringContaining('folder=f1'),
    )
    expect(screen.getByText('Stamped plans')).toBeVisible()
    expect(screen.getByText(/Ring the owner/)).toBeVisible()
    expect(location()).toContain('q=9+portland')
    await user.type(screen.getByLabelText(/Find the property/), 'x')
    expect(await screen.findByText(/No property matches 9 portlandx/)).toBeVisible()
  })

  test('documents are searched by what the address says', async () => {
    const asked: string[] = []
    server.use(
      http.get('*/api/files/search', ({ request }) => {
        asked.push(new URL(request.url).search)
        return HttpResponse.json({ results: [{ ...document('Survey'), folder_name: 'Plans' }], more: false })
      }),
    )
    const search = { view: 'documents', q: 'sewer', kind: 'application', application: '2017/41' } as const
    await renderPage(findPage, findPage.href({ search }), { user: reader })
    expect(await screen.findByRole('link', { name: 'Survey' })).toBeVisible()
    expect(screen.getByText('9 Portland Road')).toBeVisible()
    expect(asked).toEqual(['?q=sewer&kind=application&application_number=2017%2F41&limit=50'])
  })

  test('one file is searched, without words too, until one asks for all files', async () => {
    const asked: string[] = []
    server.use(
      http.get('*/api/files/search', ({ request }) => {
        asked.push(new URL(request.url).search)
        return HttpResponse.json({ results: [], more: false })
      }),
      http.get('*/api/files/properties/:id', () => HttpResponse.json(file())),
    )
    const search = { view: 'documents', property: PROPERTY, application: '2017/41' } as const
    const { user, location } = await renderPage(findPage, findPage.href({ search }), { user: reader })
    expect(await screen.findByText(/No document of this file is as you look for/)).toBeVisible()
    expect(await screen.findByRole('link', { name: /9 Portland Road/ })).toBeVisible()
    await user.click(screen.getByRole('button', { name: 'Search in all files' }))
    expect(await screen.findByText(/No document is as you look for/)).toBeVisible()
    expect(location()).not.toContain('property=')
    expect(asked).toEqual([
      `?q=&property_id=${PROPERTY}&application_number=2017%2F41&limit=50`,
      '?q=&application_number=2017%2F41&limit=50',
    ])
  })
})

const summary = {
  property_id: PROPERTY,
  address: '9 PORTLAND ROAD PORTLAND NSW 2847',
  parcels: ['13//DP1242624'],
  assessment: '104882',
  status: 'current',
  document_count: 42,
  folders: [{ folder_id: 'f1', name: 'Plans', document_count: 7 }],
  pinned: ['Stamped plans'],
  last_actor_name: 'Ana Reyes',
  last_action: 'document_sent',
  last_at: '2026-11-20T05:20:00Z',
  comment: 'Ring the owner first.',
  comment_by: 'Priya Nair',
  comment_at: '2026-11-21T05:20:00Z',
}

describe('shared', () => {
  beforeEach(() => {
    window.history.replaceState(null, '', '/files/customer/shared#token=secret')
  })

  test('opens the link, takes the token out of the address, and lists what can be downloaded', async () => {
    const sent: unknown[] = []
    server.use(
      http.post('*/api/files/shared', async ({ request }) => {
        sent.push(await request.json())
        return HttpResponse.json({
          council: 'Blue Hills Shire Council',
          property_label: '9 Portland Road, Portland',
          to_name: 'Dale Kaur',
          message: 'As you asked.',
          sent_at: '2026-11-20T05:20:00Z',
          expires_at: '2026-12-04T05:20:00Z',
          documents: [{ number: 1, file_name: 'Survey.pdf', size: 412_000 }],
        })
      }),
    )
    await renderPage(sharedPage, sharedPage.href())
    const link = await screen.findByRole('link', { name: 'Download Survey.pdf' })
    expect(link).toHaveAttribute('href', '/api/files/shared/documents/1')
    expect(screen.getByText(/until 4 December 2026/)).toBeVisible()
    expect(sent).toEqual([{ token: 'secret' }])
    expect(window.location.hash).toBe('')
  })

  test('a link that has ended says what to do', async () => {
    server.use(http.post('*/api/files/shared', () => problem(410, 'Ask the council to send them again.')))
    await renderPage(sharedPage, sharedPage.href())
    await waitFor(() => expect(screen.getByText('Ask the council to send them again.')).toBeVisible())
    expect(screen.getByText(/You reach the council on/)).toBeVisible()
  })
})
