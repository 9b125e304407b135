import { useInfiniteQuery } from '@tanstack/react-query'
import { byCursor, PagedList, StaffPage, Views } from '@banksia/kit'
import { listReviewCasesInfiniteOptions } from '../api'
import { CasePanel } from '../components/case-panel'
import { reviewPage } from '../routes'

/** Money that does not match and waits for a person. */
export default function ReviewPage() {
  const { resolved } = reviewPage.useSearch()
  const cases = useInfiniteQuery({
    ...listReviewCasesInfiniteOptions({ query: { resolved: resolved === 'yes', limit: 20 } }),
    ...byCursor,
  })
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
        <PagedList
          query={cases}
          failed="The cases could not be loaded"
          empty={resolved === 'yes' ? 'No case has been resolved yet.' : 'All money matches.'}
          shown={({ length }) => `${String(length)} shown`}
        >
          {(rows) => rows.map((each) => <CasePanel key={each.id} found={each} />)}
        </PagedList>
      </div>
    </StaffPage>
  )
}
