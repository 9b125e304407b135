/** One page of a list, as every list of the API answers. */
export interface CursorPage<RowData> {
  results: readonly RowData[]
  next_cursor: string | null
}

/** How a list is paged, beside the generated options: `useInfiniteQuery({ ...listOrdersInfiniteOptions(), ...byCursor })`. */
export const byCursor = {
  initialPageParam: '',
  getNextPageParam: (last: Pick<CursorPage<unknown>, 'next_cursor'>): string | undefined =>
    last.next_cursor ?? undefined,
}

/** The rows of all pages that were loaded, in their order. */
export function rowsOf<RowData>(data: { pages: readonly CursorPage<RowData>[] } | undefined): RowData[] {
  return data?.pages.flatMap((page) => [...page.results]) ?? []
}
