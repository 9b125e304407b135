import { useEffect, useRef } from 'react'
import { colour, focusRing, PHONE } from '../theme/tokens'
import { RouterLink } from '../theme/router-link'
import { Count } from './count'

export interface View {
  label: string
  href: string
  count?: number | null
  /** The count is of something wrong. */
  alert?: boolean
}

interface ViewsProps {
  /** What the views are of, for those who hear the page. */
  label: string
  views: readonly View[]
  /** The address of the open one. */
  active: string
}

/** Views within a page, each with its own address: on a phone one row that scrolls sideways and never stacks. */
export function Views({ label, views, active }: ViewsProps) {
  const row = useRef<HTMLElement>(null)
  // A view of one's own may come after the others.
  const isThere = views.some(({ href }) => href === active)
  // Counts come after the names and make the row longer.
  const counts = views.map(({ count }) => count ?? '').join()
  useEffect(() => {
    const open = row.current?.querySelector<HTMLElement>('[aria-current="page"]')
    // Only the row moves, not the page, and only as far as the open view is in sight with a bit of its neighbour.
    if (row.current && open)
      row.current.scrollLeft = open.offsetLeft - (row.current.clientWidth - open.offsetWidth) / 2
  }, [active, isThere, counts])
  return (
    <nav
      ref={row}
      aria-label={label}
      css={{
        position: 'relative',
        overflowX: 'auto',
        overflowY: 'hidden',
        boxShadow: `inset 0 -1px ${colour.borderMuted}`,
      }}
    >
      <ul
        css={{
          display: 'flex',
          flexWrap: 'wrap',
          gap: '0 0.5rem',
          listStyle: 'none',
          [PHONE]: { flexWrap: 'nowrap', minWidth: 'max-content' },
        }}
      >
        {views.map((view) => {
          const open = view.href === active
          return (
            <li key={`${view.label} ${view.href}`}>
              <RouterLink
                href={view.href}
                aria-current={open ? 'page' : undefined}
                css={{
                  display: 'flex',
                  alignItems: 'center',
                  gap: '0.5rem',
                  padding: '0.625rem 0.75rem 0.5rem 0.25rem',
                  borderBottom: `3px solid ${open ? colour.selected : 'transparent'}`,
                  color: open ? colour.foregroundText : colour.foregroundAction,
                  fontWeight: open ? 'bold' : 'normal',
                  textDecoration: 'none',
                  fontSize: '0.9375rem',
                  whiteSpace: 'nowrap',
                  '&:hover': { textDecoration: 'underline' },
                  '&:focus-visible': { ...focusRing['&:focus-visible'], outlineOffset: -3 },
                }}
              >
                {view.label}
                {typeof view.count === 'number' ? (
                  <Count
                    value={view.count}
                    tone={view.alert && view.count > 0 ? 'alert' : open ? 'selected' : 'neutral'}
                  />
                ) : null}
              </RouterLink>
            </li>
          )
        })}
      </ul>
    </nav>
  )
}
