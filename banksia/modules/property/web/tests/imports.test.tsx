import { screen, waitFor, within } from '@testing-library/react'
import { describe, expect, test } from 'vitest'
import { http, HttpResponse, problem, renderPage, server, setWidth, staff } from '@banksia/kit/testing'
import { importPage, importsPage, newImportPage } from '../admin-routes'
import type { ImportPreview, ImportRunDetail, ImportRunRead, ImportSourceRead } from '../api'

const RUN = '01990000-0000-7000-8000-000000000101'
const SOURCE = '01990000-0000-7000-8000-000000000102'
const user = staff('property.imports.run', 'property.quality.read')

function run(changes: Partial<ImportRunDetail> = {}): ImportRunDetail {
  return {
    id: RUN,
    source: { id: SOURCE, name: 'Rates system' },
    state: 'received',
    format: 'csv',
    file_name: 'rates.csv',
    counts: {},
    is_suspicious: false,
    has_rejected: false,
    failure: null,
    progress: null,
    actions: ['preview', 'check', 'discard'],
    requested_by_name: 'Priya Nair',
    applied_by_name: null,
    reverted_by_name: null,
    started_at: '2026-11-24T23:42:00Z',
    finished_at: null,
    reverted_at: null,
    sha256: 'a'.repeat(64),
    options: {},
    findings: [],
    samples: { new: [], changed: [], ended: [] },
    conflicts: 0,
    ...changes,
  }
}

const checked = (changes: Partial<ImportRunDetail> = {}) =>
  run({
    state: 'checked',
    actions: ['preview', 'check', 'apply', 'discard'],
    counts: {
      rows: 1300,
      rejected: 2,
      addresses_new: 1204,
      parcels_new: 1100,
      addresses_changed: 12,
      parcels_ended: 3,
    },
    has_rejected: true,
    ...changes,
  })

const preview: ImportPreview = {
  format: 'csv',
  encoding: 'utf-8-sig',
  delimiter: ';',
  columns: ['Prop Loc', 'Legal', 'Assess'],
  mapping: { parcel: 'Legal' },
  fields: ['address', 'parcel', 'assessment'],
  rows: [
    {
      line: 2,
      raw: ['54 WILLIWA STREET PORTLAND', '2/2/DP2288', '1001'],
      address: null,
      address_parts: {},
      parcels: ['2/2/DP2288'],
      values: {},
      rejected: null,
    },
    {
      line: 3,
      raw: ['7 GREEN STREET PORTLAND', 'no lot', '1002'],
      address: null,
      address_parts: {},
      parcels: [],
      values: {},
      rejected: '“no lot” is no lot and plan.',
    },
  ],
  problems: ['No column was found for the address. Choose it below.'],
}

/** The import as the server keeps it: what is sent to it is noted, and each answer is what it is from then on. */
function serve(start: ImportRunDetail, answers: Partial<Record<string, ImportRunDetail>> = {}) {
  let now = start
  const sent: [string, unknown][] = []
  server.use(
    http.get(`*/api/property/imports/${RUN}`, () => HttpResponse.json(now)),
    http.post(`*/api/property/imports/${RUN}/:act`, async ({ request, params }) => {
      const act = String(params.act)
      const body = request.headers.get('content-type')
        ? ((await request.json()) as Record<string, unknown>)
        : null
      sent.push([act, body])
      if (act === 'preview') {
        const mapping = (body?.mapping ?? preview.mapping) as Record<string, string>
        return HttpResponse.json({ ...preview, mapping })
      }
      now = answers[act] ?? now
      return HttpResponse.json(now)
    }),
  )
  return sent
}

const open = () => renderPage(importPage, importPage.href({ params: { runId: RUN } }), { user })

describe('before the check', () => {
  test('shows how the first rows are read, why one is not taken, and what to look at', async () => {
    serve(run())
    await open()
    expect(await screen.findByText('No column was found for the address. Choose it below.')).toBeVisible()
    expect(screen.getByText('“no lot” is no lot and plan.')).toBeVisible()
    expect(screen.getByText('Lot 2 Sec 2 DP 2288')).toBeVisible()
    expect(screen.getByText(/cells parted by semicolon, 3 columns/)).toBeVisible()
  })

  test('reads the rows again with a column that is chosen, and checks with the same', async () => {
    const sent = serve(run(), { check: run({ state: 'checking', actions: [] }) })
    const page = await open()
    await page.user.selectOptions(await screen.findByLabelText('Full address'), 'Prop Loc')
    const mapping = { parcel: 'Legal', address: 'Prop Loc' }
    await waitFor(() => expect(sent.at(-1)).toEqual(['preview', { mapping }]))
    await waitFor(() => expect(screen.getByText(/Such as 54 WILLIWA/)).toBeVisible())
    await page.user.click(screen.getByRole('button', { name: 'Check the file' }))
    expect(await screen.findByRole('progressbar', { name: 'Checking' })).toBeVisible()
    expect(sent.at(-1)).toEqual(['check', { mapping }])
  })

  test('says why a file cannot be read, and what was chosen stays', async () => {
    serve(run())
    server.use(
      http.post(`*/api/property/imports/${RUN}/preview`, () =>
        problem(422, 'The file is damaged. Send it again.'),
      ),
    )
    await open()
    expect(await screen.findByRole('alert')).toHaveTextContent('The file is damaged. Send it again.')
  })

  test('a failed import says why and lets the file be read another way', async () => {
    serve(run({ state: 'failed', failure: 'Line 12 has no end. Export the file again.' }))
    await open()
    expect(await screen.findByText('Line 12 has no end. Export the file again.')).toBeVisible()
    expect(await screen.findByRole('button', { name: 'Check the file' })).toBeVisible()
  })
})

test('a check that runs says how far it is', async () => {
  serve(run({ state: 'checking', actions: [], progress: { step: 'reading', done: 250, total: 1000 } }))
  await open()
  expect(await screen.findByText('Reading, 25%')).toBeVisible()
  expect(screen.getByRole('progressbar')).toHaveAttribute('value', '250')
})

describe('review', () => {
  test('applies what is clean with one button that repeats the numbers', async () => {
    const sent = serve(checked(), { apply: run({ state: 'applying', actions: [] }) })
    const page = await open()
    expect(await screen.findByRole('link', { name: 'Rejected rows as CSV' })).toHaveAttribute(
      'href',
      `/api/property/imports/${RUN}/rejected`,
    )
    await page.user.click(screen.getByRole('button', { name: 'Apply 2,304 new, 12 changed, 3 ended' }))
    expect(await screen.findByRole('progressbar', { name: 'Applying' })).toBeVisible()
    expect(sent).toEqual([['apply', { confirm_suspicious: false }]])
  })

  test('asks for every suspicious finding before it applies', async () => {
    const finding = {
      code: 'many_ended',
      message: '3 of 20 parcels of this source would end, more than 5%.',
      count: 3,
      examples: ['1//DP7', '2//DP7'],
    }
    const sent = serve(checked({ findings: [finding], is_suspicious: true }), {
      apply: run({ state: 'applying', actions: [] }),
    })
    const page = await open()
    const apply = await screen.findByRole('button', { name: /^Apply / })
    await page.user.click(apply)
    expect(screen.getByRole('alert')).toHaveTextContent('Confirm what stands under')
    expect(screen.getByRole('checkbox', { name: 'This is right' })).toHaveFocus()
    expect(sent).toEqual([])
    await page.user.click(screen.getByRole('checkbox', { name: 'This is right' }))
    await page.user.click(apply)
    await waitFor(() => expect(sent).toEqual([['apply', { confirm_suspicious: true }]]))
  })

  test('shows samples of what changes, before and after, and conflicts with corrections', async () => {
    const sample = {
      kind: 'address' as const,
      label: '54 WILLIWA STREET PORTLAND',
      line: 7,
      before: { postcode: '2847' },
      after: { postcode: '2848' },
    }
    serve(checked({ samples: { new: [], changed: [sample], ended: [] }, conflicts: 2 }))
    await open()
    const changed = within(await screen.findByRole('region', { name: 'Changed or back again' }))
    expect(changed.getByText('2847')).toBeVisible()
    expect(changed.getByText('2848')).toBeVisible()
    expect(screen.getByText('The file contradicts 2 approved corrections')).toBeVisible()
  })

  test('says when a record that had ended holds again', async () => {
    const sample = {
      kind: 'parcel' as const,
      label: '13//DP1242624',
      line: 7,
      before: { valid_to: '2026-11-01T00:00:00+00:00', valid_from: '2018-03-12T00:00:00+00:00' },
      after: { valid_to: null, valid_from: '2026-11-25T00:00:00+00:00' },
    }
    serve(
      checked({
        counts: { rows: 1, parcels_reopened: 1 },
        samples: { new: [], changed: [sample], ended: [] },
      }),
    )
    await open()
    expect(await screen.findByText('Lot, line 7. It had ended 1 Nov 2026 and holds again')).toBeVisible()
    expect(
      screen.getByRole('button', { name: 'Apply 0 new, 0 changed, 0 ended, 1 back again' }),
    ).toBeVisible()
  })

  test('says that nothing would change, and lets the import be discarded', async () => {
    const sent = serve(checked({ counts: { rows: 20 } }), {
      discard: run({ state: 'discarded', actions: [] }),
    })
    const page = await open()
    expect(await screen.findByText('Nothing would change')).toBeVisible()
    expect(screen.queryByRole('button', { name: /^Apply/ })).toBeNull()
    await page.user.click(screen.getByRole('button', { name: 'Discard this import' }))
    expect(await screen.findByText('It changed nothing.', { exact: false })).toBeVisible()
    expect(sent).toEqual([['discard', null]])
  })

  test('goes back to the columns', async () => {
    serve(checked())
    const page = await open()
    await page.user.click(await screen.findByRole('button', { name: 'Read the file another way' }))
    expect(await screen.findByLabelText('Full address')).toBeVisible()
  })
})

test('an applied import is not reverted while something depends on it, and says what', async () => {
  serve(
    run({
      state: 'applied',
      actions: ['revert'],
      applied_by_name: 'Priya Nair',
      counts: { addresses_new: 5 },
    }),
  )
  server.use(
    http.post(`*/api/property/imports/${RUN}/revert`, () =>
      problem(409, 'A later import, lots.geojson, changed 3 of its records. Revert that one first.'),
    ),
  )
  const page = await open()
  await page.user.click(await screen.findByRole('button', { name: 'Revert 5 records' }))
  expect(await screen.findByText(/Revert that one first/)).toBeVisible()
})

describe('the history of imports', () => {
  const list = (results: ImportRunRead[]) =>
    server.use(http.get('*/api/property/imports', () => HttpResponse.json({ results, next_cursor: null })))

  test.each([1280, 390])('says who sent what and what became of it, at %i pixels', async (width) => {
    setWidth(width)
    list([
      checked(),
      run({ id: 'b', state: 'failed', file_name: 'lots.zip', failure: 'No .shp is in the zip.' }),
    ])
    await renderPage(importsPage, importsPage.href(), { user })
    expect(await screen.findByRole('link', { name: 'rates.csv' })).toBeVisible()
    expect(screen.getByText('2,304 new, 12 changed, 3 ended, 2 rows not taken')).toBeVisible()
    expect(screen.getByText('To review')).toBeVisible()
    expect(screen.getByText('No .shp is in the zip.')).toBeVisible()
  })

  test('says how to begin when nothing was imported', async () => {
    list([])
    await renderPage(importsPage, importsPage.href(), { user })
    expect(await screen.findByText(/No file has been imported yet/)).toBeVisible()
  })
})

test('a file is sent to its source with its checksum', async () => {
  const source: ImportSourceRead = {
    id: SOURCE,
    name: 'Rates system',
    format: 'csv',
    mapping: {},
    crs: null,
    localities: [],
    is_complete: true,
    synthesise_parcels: false,
    ended_percent_limit: 5,
    watched_url: null,
    applies_unwatched: false,
    created_at: '2026-11-24T23:42:00Z',
    retired_at: null,
    last_applied_at: null,
  }
  const sums: (string | null)[] = []
  server.use(
    http.get(`*/api/property/sources/${SOURCE}`, () => HttpResponse.json(source)),
    http.post('*/api/property/imports', ({ request }) => {
      sums.push(new URL(request.url).searchParams.get('file_name'), request.headers.get('X-Content-SHA256'))
      return HttpResponse.json(run(), { status: 201 })
    }),
  )
  const page = await renderPage(newImportPage, newImportPage.href({ search: { source: SOURCE } }), { user })
  const file = new File(['abc'], 'rates.csv', { type: 'text/csv' })
  await page.user.upload(await screen.findByLabelText('choose a file'), file)
  await waitFor(() => expect(page.location()).toBe(importPage.href({ params: { runId: RUN } })))
  expect(sums).toEqual(['rates.csv', 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad'])
})
