import type { ReactNode } from 'react'
import { EmptyState } from '../feedback/empty-state'
import { ErrorPanel } from '../feedback/error-panel'
import { MoreButton } from '../feedback/more-button'
import { SkeletonRows } from '../feedback/skeleton'
import { type CursorPage, rowsOf } from './by-cursor'

interface PagedQuery<RowData> {
  data: { pages: readonly CursorPage<RowData>[] } | undefined
  error: unknown
  isError: boolean
  isPending: boolean
  isSuccess: boolean
  hasNextPage: boolean
  isFetchingNextPage: boolean
  fetchNextPage: () => unknown
  refetch: () => unknown
}

interface PagedListProps<RowData> {
  /** Of `useInfiniteQuery({ ...options, ...byCursor })`. */
  query: PagedQuery<RowData>
  /** The heading when it fails: `The orders could not be loaded`. */
  failed: string
  /** One sentence for a list without rows. */
  empty: ReactNode
  emptyAction?: ReactNode
  /** One and many of them, for the sentence at the end: `50 orders shown`; a function says it itself. */
  shown: readonly [one: string, many: string] | ((rows: readonly RowData[]) => string)
  /** At the right of the end: which keys work. */
  beside?: ReactNode
  /** The next page comes as one scrolls. */
  byItself?: boolean
  /** How many rows stand there while it loads. */
  skeleton?: number
  /** The rows as a table or list. */
  children: (rows: readonly RowData[]) => ReactNode
}

/**
 * A list that is paged by cursor, with its faces: failed, loading, empty, rows with their end. It takes the place of
 * its parts in the grid that it stands in, so it brings no box of its own.
 */
export function PagedList<RowData>({ query, failed, empty, skeleton, ...list }: PagedListProps<RowData>) {
  const rows = rowsOf(query.data)
  return (
    <>
      {query.isError ? (
        <ErrorPanel title={failed} error={query.error} onRetry={() => void query.refetch()} />
      ) : null}
      {query.isPending ? <SkeletonRows rows={skeleton} /> : null}
      {query.isSuccess && rows.length === 0 ? (
        <EmptyState action={list.emptyAction}>{empty}</EmptyState>
      ) : null}
      {rows.length > 0 ? list.children(rows) : null}
      {rows.length > 0 ? <End query={query} rows={rows} {...list} /> : null}
    </>
  )
}

type EndProps<RowData> = Pick<PagedListProps<RowData>, 'query' | 'shown' | 'beside' | 'byItself'> & {
  rows: readonly RowData[]
}

function End<RowData>({ query, rows, shown, beside, byItself }: EndProps<RowData>) {
  const words = typeof shown === 'function' ? shown(rows) : counted(rows.length, shown)
  const more = <MoreButton query={query} shown={words} byItself={byItself} />
  if (!beside) return more
  return (
    <div
      css={{
        display: 'flex',
        flexWrap: 'wrap',
        justifyContent: 'space-between',
        gap: '0.5rem 1rem',
        alignItems: 'center',
      }}
    >
      {more}
      {beside}
    </div>
  )
}

function counted(count: number, [one, many]: readonly [string, string]): string {
  return `${count.toLocaleString('en-AU')} ${count === 1 ? one : many} shown`
}
