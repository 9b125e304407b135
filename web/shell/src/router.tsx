import type { QueryClient } from '@tanstack/react-query'
import {
  type AnyRoute,
  createRootRouteWithContext,
  createRoute,
  createRouter,
  lazyRouteComponent,
} from '@tanstack/react-router'
import { parseSearch, SkeletonPage, stringifySearch } from '@banksia/kit'
import { CustomerArea } from './customer-area'
import { guardStaff } from './guard'
import { builtIn } from './modules'
import { homeRouteOf, type RouterContext, routeOf } from './page-route'
import { ErrorPage } from './pages/error-page'
import { NotFoundPage } from './pages/not-found'
import { StartPage } from './pages/start'
import { Root } from './root'

const root = createRootRouteWithContext<RouterContext>()({ component: Root })

const customer = createRoute({ getParentRoute: () => root, id: 'customer', component: CustomerArea })

const staff = createRoute({
  getParentRoute: () => root,
  id: 'staff',
  component: lazyRouteComponent(() => import('./staff-area')),
  beforeLoad: ({ context, location }) =>
    guardStaff({ queryClient: context.queryClient, href: location.href }),
})

const today = createRoute({
  getParentRoute: () => staff,
  path: '/staff',
  component: lazyRouteComponent(() => import('./pages/today')),
})

const settings = createRoute({
  getParentRoute: () => staff,
  path: '/settings',
  component: lazyRouteComponent(() => import('./pages/settings')),
})

// A third-party module's pages, wherever no built-in page is: more exact routes win.
const host = lazyRouteComponent(() => import('./module-host/host-page'))
const thirdPartyCustomer = ['/$module', '/$module/$'].map((path) =>
  createRoute({ getParentRoute: () => customer, path, component: host }),
)
const thirdPartyStaff = [
  '/$module/staff',
  '/$module/staff/$',
  '/$module/settings',
  '/$module/settings/$',
].map((path) => createRoute({ getParentRoute: () => staff, path, component: host }))

const registered = builtIn.flatMap((module) => module.routes.map((page) => ({ page, module })))
// The start page is there whatever the council has switched on; a module may fill it.
const home = registered.find(({ page }) => page.path === '/')
const start = home
  ? homeRouteOf(home.page, home.module, customer)
  : createRoute({ getParentRoute: () => customer, path: '/', component: StartPage })

function pageRoutes(inStaff: boolean, parent: AnyRoute) {
  const pages = registered.filter(({ page }) => page.path !== '/' && (page.area !== 'customer') === inStaff)
  return pages.map(({ page, module }) => routeOf(page, module, parent))
}

export function makeRouter(queryClient: QueryClient) {
  const routeTree = root.addChildren([
    customer.addChildren([start, ...pageRoutes(false, customer), ...thirdPartyCustomer]),
    staff.addChildren([today, settings, ...pageRoutes(true, staff), ...thirdPartyStaff]),
  ])
  return createRouter({
    routeTree,
    context: { queryClient },
    parseSearch,
    stringifySearch,
    scrollRestoration: true,
    defaultPendingMs: 200,
    defaultPendingMinMs: 0,
    defaultPendingComponent: SkeletonPage,
    defaultErrorComponent: ErrorPage,
    defaultNotFoundComponent: NotFoundPage,
    // Loaders only warm the query cache, which knows itself what is stale.
    defaultPreloadStaleTime: 0,
  })
}

export type ShellRouter = ReturnType<typeof makeRouter>

/** Fetch the code of the first page at once, while the session is still being asked for. */
export function preloadFirstPage(router: ShellRouter): void {
  const [matched] = router.getMatchedRoutes(router.latestLocation.pathname)
  for (const { options } of matched) {
    const { component }: { component?: { preload?: () => Promise<unknown> | undefined } } = options
    // A chunk that does not come is told when the page is rendered.
    component?.preload?.()?.catch(() => undefined)
  }
}
