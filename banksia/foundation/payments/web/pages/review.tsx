import { useInfiniteQuery } from '@tanstack/react-query'
import { Select } from '@ag.ds-next/react/select'
import { byCursor, Filters, PagedList, StaffPage, Views } from '@banksia/kit'
import { listReviewCasesInfiniteOptions, type ReviewCaseRead } from '../api'
import { CasePanel } from '../components/case-panel'
import { caseFilters } from '../components/words'
import { reviewPage } from '../routes'

type Kind = ReviewCaseRead['kind']
const EVERY = ''

/** Money that does not match and waits for a person. */
export default function ReviewPage() {
  const { resolved, kind } = reviewPage.useSearch()
  const cases = useInfiniteQuery({
    ...listReviewCasesInfiniteOptions({ query: { resolved: resolved === 'yes', kind, limit: 20 } }),
    ...byCursor,
  })
  const hrefOf = (which: 'yes' | 'no') => reviewPage.href({ search: { resolved: which, kind } })
  return (
    <StaffPage
      title="Money to review"
      facts="Money that does not match. Nothing is delivered because of it until you decide."
      views={
        <Views
          label="Cases"
          views={[
            { label: 'To review', href: hrefOf('no') },
            { label: 'Resolved', href: hrefOf('yes') },
          ]}
          active={hrefOf(resolved)}
        />
      }
    >
      <div css={{ display: 'grid', gap: '1rem', maxWidth: '60rem', gridTemplateColumns: 'minmax(0, 1fr)' }}>
        <KindFilter />
        <PagedList
          query={cases}
          failed="The cases could not be loaded"
          empty={emptyWords(resolved, kind)}
          shown={({ length }) => `${String(length)} shown`}
        >
          {(rows) => rows.map((each) => <CasePanel key={each.id} found={each} />)}
        </PagedList>
      </div>
    </StaffPage>
  )
}

function emptyWords(resolved: 'yes' | 'no', kind: Kind | undefined): string {
  if (kind) return `No case of the kind “${caseFilters[kind]}” is here. Choose every kind to see the others.`
  return resolved === 'yes' ? 'No case has been resolved yet.' : 'All money matches.'
}

function KindFilter() {
  const { kind } = reviewPage.useSearch()
  const setSearch = reviewPage.useSetSearch()
  return (
    <Filters applied={kind ? caseFilters[kind] : 'Every kind'}>
      <Select
        label="Kind"
        hideOptionalLabel
        value={kind ?? EVERY}
        options={[
          { value: EVERY, label: 'Every kind' },
          ...Object.entries(caseFilters).map(([value, label]) => ({ value, label })),
        ]}
        onChange={(event) => {
          const chosen = event.target.value
          setSearch({ kind: chosen === EVERY ? undefined : (chosen as Kind) })
        }}
      />
    </Filters>
  )
}
