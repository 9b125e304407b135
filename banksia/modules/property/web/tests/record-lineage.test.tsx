import { screen, waitFor } from '@testing-library/react'
import { beforeAll, expect, test } from 'vitest'
import { http, HttpResponse, problem, renderPage, server, staff } from '@banksia/kit/testing'
import type { LineagePreview, LineageRecord } from '../api'
import { recordLineagePage } from '../routes'
import { ID } from './land'
import { serve } from './serve'

// The calendar comes after a page stands; here it is there before the first test waits for it.
beforeAll(() => import('@ag.ds-next/react/date-picker-next'), 60_000)

const side = (lot: string, is_new: boolean) => ({
  id: null,
  text: `${lot}//DP1300000`,
  title: `Lot ${lot} DP 1300000`,
  status: 'current' as const,
  area_square_metres: 500,
  is_new,
})
const preview: LineagePreview = {
  parents: [{ ...side('13', false), title: 'Lot 13 DP 1242624', text: '13//DP1242624' }],
  children: [side('1', true), side('2', true)],
  ends_parents: true,
  problems: [],
  warnings: ['The new lots are 12 m² smaller than the old one.'],
}

/** The form, filled in, and what the server is asked. */
async function filled(answer: LineagePreview) {
  serve()
  const asked: LineageRecord[] = []
  server.use(
    http.post('*/api/property/lineage/preview', async ({ request }) => {
      asked.push((await request.json()) as LineageRecord)
      return HttpResponse.json(answer)
    }),
  )
  const page = await renderPage(recordLineagePage, recordLineagePage.href({ params: { propertyId: ID } }), {
    user: staff('property.lineage.record'),
  })
  const { user } = page
  expect(await screen.findByLabelText('Lot and plan 1')).toHaveValue('Lot 13 DP 1242624')
  await user.type(screen.getByLabelText('Plan'), 'DP 1300000')
  await waitFor(() => expect(screen.getByLabelText(/^Day it was registered/)).toBeEnabled())
  await user.type(screen.getByLabelText(/^Day it was registered/), '02/03/2026')
  await user.type(screen.getByLabelText('Source'), 'Land Registry')
  await user.type(screen.getByLabelText('Lot 1'), '1')
  await user.type(screen.getByLabelText('Lot 2'), '2 DP 1300000')
  await user.type(screen.getAllByLabelText('Area in m² (optional)')[0]!, '1,500')
  return { ...page, asked }
}

const check = () => screen.getByRole('button', { name: 'Check what will happen' })

test('says what will happen, records it, and can go back with all that was typed', async () => {
  const { user, asked, location } = await filled(preview)
  await user.click(check())
  expect(await screen.findByRole('heading', { level: 1, name: 'Check what will happen' })).toBeVisible()
  expect(asked[0]).toEqual({
    kind: 'subdivision',
    plan: 'DP 1300000',
    occurred_on: '2026-03-02',
    source: 'Land Registry',
    note: '',
    parents: ['Lot 13 DP 1242624'],
    children: [
      { parcel: 'Lot 1 DP 1300000', area_square_metres: 1500, status: 'current' },
      { parcel: '2 DP 1300000', area_square_metres: null, status: 'current' },
    ],
  })
  expect(screen.getByText('The new lots are 12 m² smaller than the old one.')).toBeVisible()
  expect(screen.getByText('Lot 1 DP 1300000 and Lot 2 DP 1300000 are made.')).toBeVisible()
  await user.click(screen.getByRole('button', { name: 'Change the details' }))
  expect(screen.getByLabelText('Lot 2')).toHaveValue('2 DP 1300000')
  await user.click(check())
  server.use(
    http.post('*/api/property/lineage', () => problem(409, 'Somebody else changes this land. Try again.')),
  )
  await user.click(await screen.findByRole('button', { name: 'Record subdivision' }))
  expect(await screen.findByText('Somebody else changes this land. Try again.')).toBeVisible()
  server.use(
    http.post('*/api/property/lineage', () => HttpResponse.json({ event: {}, parcels: [] }, { status: 201 })),
  )
  await user.click(screen.getByRole('button', { name: 'Record subdivision' }))
  await waitFor(() => expect(location()).toBe(`/property/staff/${ID}`))
})

test('what stands against it is said on its fields', async () => {
  const { user } = await filled({
    ...preview,
    problems: [
      { field: 'parents.0', message: 'This lot is historic.' },
      { field: 'children.1.parcel', message: 'This lot is there twice.' },
    ],
  })
  await user.click(check())
  expect(await screen.findByText('Check 2 answers')).toBeVisible()
  expect(screen.getByLabelText('Lot and plan 1')).toBeInvalid()
  expect(screen.getByLabelText('Lot 2')).toBeInvalid()
  expect(screen.getByLabelText('Lot 1')).toBeValid()
})

test('rows are added and taken away with what was typed in the others', async () => {
  const { user } = await filled(preview)
  await user.click(screen.getAllByRole('button', { name: 'Add a lot' })[1]!)
  await user.type(screen.getByLabelText('Lot 3'), '3')
  await user.click(screen.getAllByRole('button', { name: 'Remove lot 1' })[1]!)
  expect(screen.getByLabelText('Lot 1')).toHaveValue('2 DP 1300000')
  expect(screen.getByLabelText('Lot 2')).toHaveValue('3')
  expect(screen.queryByLabelText('Lot 3')).toBeNull()
})
