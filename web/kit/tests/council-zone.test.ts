import { QueryClient } from '@tanstack/react-query'
import { http, HttpResponse } from 'msw'
import { afterEach, expect, test } from 'vitest'
import { dayOf, formatDayAndTime, tellTimesIn } from '../format/dates'
import { organisationQuery } from '../session/organisation'
import { organisation, server } from '../testing/server'

afterEach(() => {
  tellTimesIn(organisation.time_zone)
})

test('dates and times are those of the council whose page it is, and of its new zone once that is saved', async () => {
  let zone = 'Australia/Perth'
  server.use(
    http.get('*/api/organisations/current', () => HttpResponse.json({ ...organisation, time_zone: zone })),
  )
  const queryClient = new QueryClient()
  // Half past midnight in Sydney, half past nine on the evening before in Perth.
  const moment = '2026-11-22T13:30:00Z'

  await queryClient.query(organisationQuery)
  expect(dayOf(moment)).toBe('2026-11-22')
  expect(formatDayAndTime(moment, '2026-11-23')).toBe('Sun 22 Nov, 9:30 pm')

  zone = 'Australia/Brisbane'
  await queryClient.query({ ...organisationQuery, staleTime: 0 })
  expect(formatDayAndTime(moment, '2026-11-23')).toBe('Sun 22 Nov, 11:30 pm')
})
