import { queryOptions, useQuery } from '@tanstack/react-query'
import { fetchJson, useUser } from './session'

/** A firm that the signed-in customer belongs to. */
export interface Firm {
  id: string
  name: string
  /** Everybody who belongs, or belonged, to it. */
  people: { user_id: string; name: string; has_left: boolean }[]
}

/** The firms of a customer, the one that was ordered for last first. */
export const firmsQuery = queryOptions({
  queryKey: ['firms'],
  queryFn: async ({ signal }) => (await fetchJson<{ firms: Firm[] }>('/api/auth/firms', signal)).firms,
})

/** The firms that the person can order for; none for guests and staff, undefined while they are being loaded. */
export function useFirms(): readonly Firm[] | undefined {
  const isCustomer = useUser()?.kind === 'customer'
  const found = useQuery({ ...firmsQuery, enabled: isCustomer })
  if (!isCustomer || found.isError) return []
  return found.data
}
