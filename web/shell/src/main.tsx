import { createRoot } from 'react-dom/client'
import { App } from './app'
import { Unreachable } from './pages/unreachable'
import { makeQueryClient } from './query-client'
import { makeRouter, preloadFirstPage } from './router'
import { loadSession } from './session'

const element = document.getElementById('root')
if (!element) throw new Error('The page has no #root.')
const root = createRoot(element)

async function start() {
  const queryClient = makeQueryClient(() => void router.invalidate())
  const router = makeRouter(queryClient)
  preloadFirstPage(router)
  try {
    // The council's colours come before the first paint: nothing is drawn in another council's.
    await loadSession(queryClient)
    root.render(<App queryClient={queryClient} router={router} />)
  } catch (error) {
    root.render(<Unreachable error={error} onRetry={() => void start()} />)
  }
}

void start()
