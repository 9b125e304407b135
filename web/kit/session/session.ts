import {
  queryOptions,
  useQuery,
  useQueryClient,
  useSuspenseQuery,
  type QueryClient,
} from '@tanstack/react-query'
import { client } from '../api/client'

export interface User {
  id: string
  email: string
  name: string
  kind: 'customer' | 'staff'
  roles: string[]
  permissions: string[]
}

// The queries of the session take no signal: moving between areas leaves them without an observer for a moment, and a
// request under way would then be cancelled and the answer before it kept.
export const meQuery = queryOptions({
  queryKey: ['session', 'me'],
  queryFn: async () => (await fetchJson<{ user: User | null }>('/api/auth/me')).user,
  staleTime: 5 * 60_000,
})

/** A GET through the shared client, for the few addresses that the kit itself must know. */
export async function fetchJson<T>(
  url: string,
  signal?: AbortSignal,
  query?: Record<string, unknown>,
): Promise<T> {
  const { data } = await client.get<{ 200: T }, unknown, true>({ url, signal, query, throwOnError: true })
  return data
}

/** Who is signed in, or null. The shell has loaded it before any page renders. */
export function useUser(): User | null {
  return useSuspenseQuery(meQuery).data
}

/** Whether the signed-in person holds a permission; true when none is asked for. */
export function may(user: User | null, permission: string | undefined | null): boolean {
  return !permission || (user?.permissions.includes(permission) ?? false)
}

export function useMay(permission: string | undefined): boolean {
  return may(useQuery(meQuery).data ?? null, permission)
}

/**
 * Forget what was loaded for the person before: after signing in or out everything but the council is asked for again.
 */
export async function sessionChanged(queryClient: QueryClient): Promise<void> {
  await queryClient.query({ ...meQuery, staleTime: 0 })
  queryClient.removeQueries({ predicate: (query) => query.queryKey[0] !== 'session' && !query.isActive() })
  await queryClient.invalidateQueries({
    predicate: ({ queryKey }) => queryKey[1] !== 'me' && queryKey[1] !== 'organisation',
  })
}

export function useSessionChanged(): () => Promise<void> {
  const queryClient = useQueryClient()
  return () => sessionChanged(queryClient)
}

/** Where the sign-in page stands; it returns to `returnTo`, an address of this application. */
export function signInHref(returnTo?: string): string {
  return `/auth/customer/sign-in${returnTo ? `?${new URLSearchParams({ return_to: returnTo }).toString()}` : ''}`
}

/** Only an address within this application: anything else would let a link send people away after they sign in. */
export function safeReturn(returnTo: string | undefined, otherwise: string): string {
  if (!returnTo) return otherwise
  const url = URL.parse(returnTo, location.origin)
  const within = returnTo.startsWith('/') && url?.origin === location.origin && !url.pathname.startsWith('//')
  return within ? `${url.pathname}${url.search}${url.hash}` : otherwise
}
