import { type FunctionComponent, useCallback } from 'react'
import type { QueryClient } from '@tanstack/react-query'
import { useParams, useSearch } from '@tanstack/react-router'
import type { z } from 'zod'
import { useNavigateTo } from '../theme/navigate'
import { hrefOf } from './href'

type Segments<Path extends string> = Path extends `${infer Head}/${infer Rest}` ? Head | Segments<Rest> : Path
type ParamNames<Path extends string> =
  Segments<Path> extends infer Segment ? (Segment extends `$${infer Name}` ? Name : never) : never
/** The parameters of a path by name. */
export type PathParams<Path extends string> = Record<ParamNames<Path>, string>
type SearchSchema = z.ZodType<Record<string, unknown>>
type SearchOf<Schema> = Schema extends z.ZodType ? z.output<Schema> : Record<string, never>

export interface LoaderContext<Params, Search> {
  queryClient: QueryClient
  params: Params
  search: Search
}

export interface PageOptions<Path extends string, Schema extends SearchSchema | undefined> {
  /** The document's title until the page says a better one. */
  title: string
  /** Who may open it; others read which permission they lack. */
  permission?: string
  /** A customer's page that needs an account. */
  signIn?: boolean
  /** What stands after the `?`: give each key `.catch(...)`, so that an old link still opens. */
  search?: Schema
  /** Start loading what the page shows, at best already while the pointer rests on a link. */
  loader?: (context: LoaderContext<PathParams<Path>, SearchOf<Schema>>) => unknown
  /** A staff workspace shrinks the navigation to icons. */
  workspace?: boolean
  lazy: () => Promise<{ default: FunctionComponent }>
}

/** A page as the shell sees it. */
export interface Page {
  path: string
  area: 'customer' | 'staff' | 'settings'
  title: string
  permission?: string
  signIn?: boolean
  workspace?: boolean
  search?: SearchSchema
  loader?: (context: LoaderContext<Record<string, string>, Record<string, unknown>>) => unknown
  lazy: () => Promise<{ default: FunctionComponent }>
}

type HrefArguments<Path extends string, Schema> = {
  search?: Schema extends z.ZodType ? Partial<z.input<Schema>> : undefined
} & ([ParamNames<Path>] extends [never] ? { params?: undefined } : { params: PathParams<Path> })

interface AnyTarget {
  params?: Record<string, string>
  search?: Record<string, unknown>
}

/** A page with its own typed address, parameters and search. */
export interface TypedPage<Path extends string, Schema extends SearchSchema | undefined> extends Page {
  href: (
    ...arguments_: [ParamNames<Path>] extends [never]
      ? [to?: HrefArguments<Path, Schema>]
      : [to: HrefArguments<Path, Schema>]
  ) => string
  useParams: () => PathParams<Path>
  useSearch: () => SearchOf<Schema>
  /** Change some keys of the search and keep the rest; filters replace the entry of the history, views add one. */
  useSetSearch: () => (changes: Partial<SearchOf<Schema>>, options?: { replace?: boolean }) => void
}

/**
 * Make the pages of one module: `const page = pagesOf('certificates')`, then `page('staff/orders/$orderId', {...})`.
 * Paths begin with `customer`, `staff` or `settings`; `/` alone is the portal's home.
 */
export function pagesOf(module: string) {
  return <const Path extends string, Schema extends SearchSchema | undefined = undefined>(
    path: Path,
    options: PageOptions<Path, Schema>,
  ): TypedPage<Path, Schema> => {
    const full = path === '/' ? '/' : `/${module}/${path}`
    const useSearchHere = () => useSearch({ strict: false }) as SearchOf<Schema>
    const useParamsHere = () => useParams({ strict: false }) as PathParams<Path>
    return {
      ...options,
      loader: options.loader as Page['loader'],
      path: full,
      area: areaOf(path),
      href: (...[to]: [to?: AnyTarget]) => hrefOf(full, to?.params, to?.search),
      useParams: useParamsHere,
      useSearch: useSearchHere,
      useSetSearch: () => {
        const navigate = useNavigateTo()
        const params = useParamsHere()
        const search = useSearchHere()
        return useCallback(
          (changes, { replace = true } = {}) =>
            navigate(hrefOf(full, params, { ...search, ...changes }), { replace }),
          [navigate, params, search],
        )
      },
    }
  }
}

function areaOf(path: string): Page['area'] {
  const first = path.split('/', 1)[0] ?? ''
  if (first === 'staff' || first === 'settings') return first
  if (first === 'customer' || path === '/') return 'customer'
  throw new Error(`The page “${path}” must begin with customer/, staff/ or settings/.`)
}
