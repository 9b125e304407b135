import { Button } from '@ag.ds-next/react/button'
import { problemOf } from '../api/problem'
import { Notice } from '../display/notice'
import { slimButtons } from '../theme/tokens'

interface ErrorPanelProps {
  error: unknown
  /** What failed, as a heading: `Orders could not be loaded`. The problem's own title otherwise. */
  title?: string
  onRetry?: () => void
}

/** A part of a page that failed says so and offers another try; the rest of the page works. */
export function ErrorPanel({ error, title, onRetry }: ErrorPanelProps) {
  const problem = problemOf(error)
  return (
    <Notice tone="error" role="alert" title={title ?? problem.title}>
      <p>{problem.detail}</p>
      {onRetry ? (
        <p css={{ marginTop: '0.75rem', ...slimButtons }}>
          <Button size="sm" variant="secondary" onClick={onRetry}>
            Try again
          </Button>
        </p>
      ) : null}
    </Notice>
  )
}
