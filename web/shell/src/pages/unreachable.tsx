import { CouncilTheme, ErrorPanel } from '@banksia/kit'

interface UnreachableProps {
  error: unknown
  onRetry: () => void
}

/** Before the council is known there is no header to stand under: only what happened, and another try. */
export function Unreachable({ error, onRetry }: UnreachableProps) {
  return (
    <CouncilTheme theme={{}}>
      <main css={{ maxWidth: '40rem', margin: '4rem auto', padding: '0 1rem' }}>
        <ErrorPanel error={error} onRetry={onRetry} />
      </main>
    </CouncilTheme>
  )
}
