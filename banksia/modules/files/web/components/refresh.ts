import { type InfiniteData, type QueryClient, useQueryClient } from '@tanstack/react-query'
import type { DocumentRead, DocumentDetail, ListDocumentsResponse } from '../api'

type Part = 'readFile' | 'listDocuments' | 'readDocument' | 'readDocumentLog' | 'readFileLog' | 'listComments'
type Named = 'listReminders' | 'listSendings' | 'findFiles'

/** The name of the call behind a query: the generated keys say it. */
const callOf = (key: readonly unknown[]) => {
  const [first] = key as [{ _id?: string } | undefined]
  return first && typeof first === 'object' ? first._id?.replace('files.', '') : undefined
}

/** Ask again for what shows these parts of a file. */
export async function refresh(queryClient: QueryClient, ...parts: (Part | Named)[]): Promise<void> {
  const wanted = new Set<string | undefined>(parts)
  await queryClient.invalidateQueries({ predicate: ({ queryKey }) => wanted.has(callOf(queryKey)) })
}

/** The same from a component. */
export function useRefresh() {
  const queryClient = useQueryClient()
  return (...parts: (Part | Named)[]) => refresh(queryClient, ...parts)
}

/**
 * Put what the server answered about a document where it is shown. A list of a thousand documents is not asked for again
 * because one of them was pinned.
 */
export function patchDocument(queryClient: QueryClient, changed: DocumentRead): void {
  queryClient.setQueriesData<InfiniteData<ListDocumentsResponse>>(
    { predicate: ({ queryKey }) => callOf(queryKey) === 'listDocuments' },
    (data) =>
      data && {
        ...data,
        pages: data.pages.map((page) => ({
          ...page,
          results: page.results.map((each) => (each.id === changed.id ? { ...each, ...changed } : each)),
        })),
      },
  )
  queryClient.setQueriesData<DocumentDetail>(
    { predicate: ({ queryKey }) => callOf(queryKey) === 'readDocument' },
    (data) => (data?.id === changed.id ? { ...data, ...changed } : data),
  )
}
