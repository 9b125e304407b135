import { type ReactNode, Suspense } from 'react'
import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import {
  createMemoryHistory,
  createRootRoute,
  createRoute,
  createRouter,
  Outlet,
  RouterProvider,
} from '@tanstack/react-router'
import { render } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { parseSearch, stringifySearch } from '../module/href'
import type { Page } from '../module/page'
import { modulesQuery } from '../session/modules'
import { organisationQuery } from '../session/organisation'
import { meQuery, type User } from '../session/session'
import { NavigateContext } from '../theme/navigate'
import { organisation } from './server'

function makeQueryClient(user: User | null): QueryClient {
  const queryClient = new QueryClient({ defaultOptions: { queries: { retry: false, staleTime: 10_000 } } })
  queryClient.setQueryData(organisationQuery.queryKey, organisation)
  queryClient.setQueryData(meQuery.queryKey, user)
  queryClient.setQueryData(modulesQuery.queryKey, [])
  return queryClient
}

interface RenderOptions {
  user?: User | null
}

/** A component within the council and a session, without a router. */
export function renderKit(children: ReactNode, { user = null }: RenderOptions = {}) {
  const queryClient = makeQueryClient(user)
  const visited: string[] = []
  const result = render(
    <QueryClientProvider client={queryClient}>
      <NavigateContext value={(href) => visited.push(href)}>
        <Suspense>{children}</Suspense>
      </NavigateContext>
    </QueryClientProvider>,
  )
  return { ...result, queryClient, visited, user: userEvent.setup() }
}

/**
 * A page at an address made by its `href`, with all that it loads. `location()` is where it has moved since; any other
 * address shows nothing.
 */
export async function renderPage(page: Page, href: string = page.path, { user = null }: RenderOptions = {}) {
  const queryClient = makeQueryClient(user)
  const history = createMemoryHistory({ initialEntries: [href] })
  const { default: Component } = await page.lazy()
  const root = createRootRoute({ component: Outlet, notFoundComponent: () => null })
  const route = createRoute({
    getParentRoute: () => root,
    path: page.path,
    component: () => <Component />,
    validateSearch: (raw: Record<string, unknown>) => page.search?.parse(raw) ?? {},
    loader: ({ params }) => page.loader?.({ queryClient, params, search: {} }),
  })
  const router = createRouter({ routeTree: root.addChildren([route]), history, parseSearch, stringifySearch })
  await router.load()
  const result = render(
    <QueryClientProvider client={queryClient}>
      <NavigateContext value={(to, options) => (options?.replace ? history.replace(to) : history.push(to))}>
        <RouterProvider router={router} />
      </NavigateContext>
    </QueryClientProvider>,
  )
  return { ...result, queryClient, location: () => history.location.href, user: userEvent.setup() }
}
