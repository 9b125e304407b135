import type { PropsWithChildren } from 'react'
import { SkeletonBox, SkeletonHeading, SkeletonText } from '@ag.ds-next/react/skeleton'
import { colour, visuallyHidden } from '../theme/tokens'
import { Late } from './late'

/** Rows of the real height while a table or list loads. */
export function SkeletonRows({ rows = 6, height = '3.5rem' }: { rows?: number; height?: string }) {
  return (
    <Soon>
      <div aria-hidden>
        {Array.from({ length: rows }, (_, index) => (
          <div
            key={index}
            css={{
              boxSizing: 'border-box',
              height,
              padding: '0.75rem 1rem',
              borderBottom: `1px solid ${colour.borderMuted}`,
            }}
          >
            <SkeletonBox height="100%" />
          </div>
        ))}
      </div>
    </Soon>
  )
}

/** A title and some lines while a page loads. */
export function SkeletonPage() {
  return (
    <Soon>
      <div aria-hidden css={{ display: 'grid', gap: '1rem', maxWidth: '42rem', padding: '1.75rem 0' }}>
        <SkeletonHeading type="h1" />
        <SkeletonText />
      </div>
    </Soon>
  )
}

/** Marks the page as loading at once, for what waits for it, and says so to people after a while. */
function Soon({ children }: PropsWithChildren) {
  return (
    <>
      <span hidden data-loading />
      <Late>
        <p role="status" css={visuallyHidden}>
          Loading
        </p>
        {children}
      </Late>
    </>
  )
}
