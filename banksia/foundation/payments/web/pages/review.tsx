import { useInfiniteQuery } from '@tanstack/react-query'
import { EmptyState, ErrorPanel, MoreButton, SkeletonRows, StaffPage, Views } from '@banksia/kit'
import { listReviewCasesInfiniteOptions } from '../api'
import { CasePanel } from '../components/case-panel'
import { reviewPage } from '../routes'

/** Money that does not match and waits for a person. */
export default function ReviewPage() {
  const { resolved } = reviewPage.useSearch()
  const cases = useInfiniteQuery({
    ...listReviewCasesInfiniteOptions({ query: { resolved: resolved === 'yes', limit: 20 } }),
    initialPageParam: '',
    getNextPageParam: (last) => last.next_cursor ?? undefined,
  })
  const found = cases.data?.pages.flatMap((page) => page.results) ?? []
  const views = [
    { label: 'To review', href: reviewPage.href({ search: { resolved: 'no' } }) },
    { label: 'Resolved', href: reviewPage.href({ search: { resolved: 'yes' } }) },
  ]
  return (
    <StaffPage
      title="Money to review"
      facts="Payments that do not match. Nothing is delivered for them until you decide."
      views={<Views label="Cases" views={views} active={reviewPage.href({ search: { resolved } })} />}
    >
      <div css={{ display: 'grid', gap: '1rem', maxWidth: '60rem' }}>
        {cases.isError ? (
          <ErrorPanel
            title="The cases could not be loaded"
            error={cases.error}
            onRetry={() => void cases.refetch()}
          />
        ) : null}
        {cases.isPending ? <SkeletonRows /> : null}
        {cases.isSuccess && found.length === 0 ? (
          <EmptyState>
            {resolved === 'yes' ? 'No case has been resolved yet.' : 'All money matches.'}
          </EmptyState>
        ) : null}
        {found.map((each) => (
          <CasePanel key={each.id} found={each} />
        ))}
        {found.length > 0 ? <MoreButton query={cases} shown={`${String(found.length)} shown`} /> : null}
      </div>
    </StaffPage>
  )
}
