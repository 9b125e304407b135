import { MutationCache, QueryCache, QueryClient } from '@tanstack/react-query'
import { meQuery, problemOf } from '@banksia/kit'

/** Somebody is in a field of the page: what is asked in the background does not take it from them. */
function isTyping(): boolean {
  return document.activeElement?.matches('main :is(input, textarea, select)') ?? false
}

/** Server state of the whole application. `onSignedOut` is called when the server no longer knows the session. */
export function makeQueryClient(onSignedOut: () => void): QueryClient {
  const check = (error: unknown) => {
    if (problemOf(error).status !== 401 || !queryClient.getQueryData(meQuery.queryKey) || isTyping()) return
    queryClient.setQueryData(meQuery.queryKey, null)
    onSignedOut()
  }
  const queryClient = new QueryClient({
    queryCache: new QueryCache({ onError: check }),
    // A form that finds the session gone keeps what was typed and says it: it does not move away.
    mutationCache: new MutationCache(),
    // Without a connection all fails at once and says so. What waited for one would be done later, unseen.
    defaultOptions: {
      mutations: { networkMode: 'always' },
      queries: {
        networkMode: 'always',
        refetchOnReconnect: true,
        staleTime: 10_000,
        retry: (failures, error) => failures < 2 && problemOf(error).mayPass,
        retryDelay: (attempt) => 500 * 2 ** attempt,
      },
    },
  })
  return queryClient
}
