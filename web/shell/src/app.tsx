import { useMemo } from 'react'
import { type QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { RouterProvider } from '@tanstack/react-router'
import { CouncilTheme, NavigateContext, useOrganisation } from '@banksia/kit'
import type { ShellRouter } from './router'

interface AppProps {
  queryClient: QueryClient
  router: ShellRouter
}

export function App({ queryClient, router }: AppProps) {
  return (
    <QueryClientProvider client={queryClient}>
      <Themed router={router} />
    </QueryClientProvider>
  )
}

function Themed({ router }: { router: ShellRouter }) {
  const { theme } = useOrganisation()
  const navigate = useMemo(
    () =>
      (href: string, { replace = false } = {}) =>
        replace ? router.history.replace(href) : router.history.push(href),
    [router],
  )
  return (
    <CouncilTheme theme={theme}>
      <NavigateContext value={navigate}>
        <RouterProvider router={router} />
      </NavigateContext>
    </CouncilTheme>
  )
}
