import type { ReactNode } from 'react'
import type { UseQueryResult } from '@tanstack/react-query'
import { ErrorPanel } from './error-panel'
import { SkeletonRows } from './skeleton'

interface LoadedProps<Data> {
  query: UseQueryResult<Data, unknown>
  /** Rows of a table by default. */
  skeleton?: ReactNode
  /** The heading when it fails: `Orders could not be loaded`. */
  failed?: string
  children: (data: Data) => ReactNode
}

/**
 * A query's three faces. Data that was loaded stays on screen while it is loaded again, also when that fails.
 */
export function Loaded<Data>({ query, skeleton, failed, children }: LoadedProps<Data>) {
  if (query.data !== undefined) return children(query.data)
  if (query.isError)
    return <ErrorPanel error={query.error} title={failed} onRetry={() => void query.refetch()} />
  return skeleton ?? <SkeletonRows />
}
