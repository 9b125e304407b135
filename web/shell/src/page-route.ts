import { createElement } from 'react'
import type { QueryClient } from '@tanstack/react-query'
import { type AnyRoute, createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { type Page, useModules } from '@banksia/kit'
import { guardPage } from './guard'
import type { BuiltIn } from './modules'
import { isEnabled } from './navigation'
import { StartPage } from './pages/start'

export interface RouterContext {
  queryClient: QueryClient
}

declare module '@tanstack/react-router' {
  interface StaticDataRouteOption {
    title?: string
    workspace?: boolean
  }
}

type Values = Record<string, unknown>

/** What stands after the `?` as the page wants it; keys that it cannot read fall away instead of breaking the page. */
export function readSearch(page: Pick<Page, 'search'>, raw: Values): Values {
  if (!page.search) return {}
  const first = page.search.safeParse(raw)
  if (first.success) return first.data
  const wrong = new Set(first.error.issues.map(({ path }) => path[0]))
  return page.search.parse(Object.fromEntries(Object.entries(raw).filter(([key]) => !wrong.has(key))))
}

/** What the router gives to a page's guard and loader; a route made from data has no narrower types. */
interface Given {
  context: RouterContext
  location: { href: string }
  params: Record<string, string>
  deps: { search: Values }
}

/** The route of one page that a module registered. */
export function routeOf(page: Page, module: BuiltIn, parent: AnyRoute): AnyRoute {
  return createRoute({
    ...optionsOf(page, parent),
    beforeLoad: ({ context, location }: Pick<Given, 'context' | 'location'>) =>
      guardPage(page, module, { queryClient: context.queryClient, href: location.href }),
    component: lazyRouteComponent(page.lazy),
  })
}

/** The start page: the module's where it is on, a plain one where the council has switched it off. */
export function homeRouteOf(page: Page, module: BuiltIn, parent: AnyRoute): AnyRoute {
  const Own = lazyRouteComponent(page.lazy)
  function Home() {
    return createElement(isEnabled(module, useModules()) ? Own : StartPage)
  }
  const component = Object.assign(Home, { preload: () => Own.preload?.() })
  return createRoute({ ...optionsOf(page, parent), component })
}

function optionsOf(page: Page, parent: AnyRoute) {
  return {
    getParentRoute: () => parent,
    path: page.path,
    staticData: { title: page.title, workspace: page.workspace },
    validateSearch: (raw: Values) => readSearch(page, raw),
    loaderDeps: ({ search }: Pick<Given['deps'], 'search'>) => ({ search }),
    loader: async ({ context, params, deps }: Pick<Given, 'context' | 'params' | 'deps'>) => {
      await page.loader?.({ queryClient: context.queryClient, params, search: deps.search })
    },
  }
}
