import { Button } from '@ag.ds-next/react/button'
import { colour } from '../theme/tokens'

interface MoreButtonProps {
  query: { hasNextPage: boolean; isFetchingNextPage: boolean; fetchNextPage: () => unknown }
  /** How many are on screen, in words: `50 orders shown`. */
  shown?: string
}

/** The end of a list that is paged by cursor: how many are shown, and the next page when there is one. */
export function MoreButton({ query, shown }: MoreButtonProps) {
  return (
    <div
      css={{
        display: 'flex',
        alignItems: 'center',
        gap: '1rem',
        padding: '0.75rem var(--inset, 0)',
        fontSize: '0.875rem',
        color: colour.foregroundMuted,
      }}
    >
      {shown ? <span role="status">{shown}</span> : null}
      {query.hasNextPage ? (
        <Button
          size="sm"
          variant="secondary"
          loading={query.isFetchingNextPage}
          onClick={() => query.fetchNextPage()}
        >
          Show more
        </Button>
      ) : null}
    </div>
  )
}
