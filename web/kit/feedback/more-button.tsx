import { useCallback } from 'react'
import { ActionButton } from '../forms/action-button'
import { colour } from '../theme/tokens'

interface MoreButtonProps {
  query: {
    hasNextPage: boolean
    isFetchingNextPage: boolean
    isFetchNextPageError?: boolean
    fetchNextPage: () => unknown
  }
  /** How many are on screen, in words: `50 orders shown`. */
  shown?: string
  /** Ask for the next page when this comes near, as one scrolls; the button stays for who cannot scroll to it. */
  byItself?: boolean
}

/** How far below the screen the end of a list is when the next page is asked for: about two screens. */
const NEAR = '1500px'

/** A ref that asks for the next page whenever its element comes near the screen. */
function useWhenNear({ query, byItself }: MoreButtonProps) {
  const { hasNextPage, isFetchingNextPage, isFetchNextPageError, fetchNextPage } = query
  // After a failure it waits to be pressed: by itself it would ask again and again.
  const waits = byItself && hasNextPage && !isFetchingNextPage && !isFetchNextPageError
  return useCallback(
    (end: HTMLElement | null) => {
      if (!end || !waits || !('IntersectionObserver' in window)) return
      const observer = new IntersectionObserver(
        ([entry]) => {
          if (entry?.isIntersecting) fetchNextPage()
        },
        { rootMargin: NEAR },
      )
      observer.observe(end)
      return () => {
        observer.disconnect()
      }
    },
    // It does not wait while a page comes, so with each one the end is looked at anew where it then lies.
    [waits, fetchNextPage],
  )
}

/** The end of a list that is paged by cursor: how many are shown, and the next page when there is one. */
export function MoreButton(props: MoreButtonProps) {
  const { query, shown } = props
  const end = useWhenNear(props)
  return (
    <div
      ref={end}
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
        <ActionButton
          size="sm"
          variant="secondary"
          loading={query.isFetchingNextPage}
          onClick={() => query.fetchNextPage()}
        >
          Show more
        </ActionButton>
      ) : null}
    </div>
  )
}
