import { queryOptions } from '@tanstack/react-query'
import { fetchJson } from '../session/session'

export interface ParcelDetail {
  id: string
  /** `2/2/DP2288`. */
  text: string
  /** `Lot 2 Section 2 DP 2288`. */
  title: string
  status: 'proposed' | 'current' | 'historic'
  area_square_metres: number | null
  is_synthetic: boolean
}

/** A property in full, as every module shows it: GET /api/property/properties/{id}. */
export interface PropertyDetail {
  id: string
  address: string | null
  addresses: { id: string; text: string }[]
  parcels: ParcelDetail[]
  assessment: string | null
  status: 'proposed' | 'current' | 'historic'
}

export function propertyQuery(id: string) {
  return queryOptions({
    queryKey: ['property', id],
    queryFn: ({ signal }) =>
      fetchJson<PropertyDetail>(`/api/property/properties/${encodeURIComponent(id)}`, signal),
  })
}
