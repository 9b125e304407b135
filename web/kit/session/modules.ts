import { queryOptions, useSuspenseQuery } from '@tanstack/react-query'
import { fetchJson } from './session'

export interface ModuleNavigation {
  label: string
  to: string
  area: 'customer' | 'staff' | 'settings'
  permission?: string | null
  group?: string
}

/** A module that the signed-in person may see, as GET /api/modules tells it. */
export interface ModuleEntry {
  name: string
  title: string
  kind?: string
  /** The ES module of a third-party page; built-in modules have none. */
  page_url?: string | null
  /** Whether that page stands in the document itself, or in a frame without an origin. */
  page_mode?: 'origin' | 'frame' | null
  navigation?: ModuleNavigation[]
  depends_on?: string[]
  /** What a remote module was granted to do beyond its own routes. */
  capabilities?: string[]
  /** Sentences for people: what is not there because another module is off. */
  notices?: string[]
}

export const modulesQuery = queryOptions({
  queryKey: ['session', 'modules'],
  queryFn: () => fetchJson<ModuleEntry[]>('/api/modules'),
  staleTime: 5 * 60_000,
})

export function useModules(): ModuleEntry[] {
  return useSuspenseQuery(modulesQuery).data
}
