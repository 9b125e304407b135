import { queryOptions, useSuspenseQuery } from '@tanstack/react-query'
import type { CouncilColours } from '../theme/council-colours'
import { tellTimesIn } from '../format/dates'
import { fetchJson } from './session'

export interface Organisation {
  id: string
  slug: string
  name: string
  service_name: string
  abn: string
  email: string
  phone: string
  address: string
  /** `Monday to Friday, 8:30 am to 4:30 pm`. */
  counter_hours: string
  acknowledgement: string
  time_zone: string
  logo_url: string | null
  theme: Partial<CouncilColours>
}

export const organisationQuery = queryOptions({
  queryKey: ['session', 'organisation'],
  queryFn: async () => {
    const organisation = await fetchJson<Organisation>('/api/organisations/current')
    // Known before any page renders, and again when the council changes it.
    tellTimesIn(organisation.time_zone)
    return organisation
  },
  staleTime: 10 * 60_000,
})

/** The council whose host name this is. */
export function useOrganisation(): Organisation {
  return useSuspenseQuery(organisationQuery).data
}
