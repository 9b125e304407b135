import type { QueryClient } from '@tanstack/react-query'
import { meQuery, modulesQuery, organisationQuery } from '@banksia/kit'

/** What every page stands on: the council, the person and the modules, loaded at once. */
export async function loadSession(queryClient: QueryClient) {
  const [organisation, user, modules] = await Promise.all([
    queryClient.query({ ...organisationQuery, staleTime: 'static' }),
    queryClient.query({ ...meQuery, staleTime: 'static' }),
    queryClient.query({ ...modulesQuery, staleTime: 'static' }),
  ])
  return { organisation, user, modules }
}
