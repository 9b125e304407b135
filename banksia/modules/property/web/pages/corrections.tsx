import { useInfiniteQuery } from '@tanstack/react-query'
import { TextLink } from '@ag.ds-next/react/text-link'
import { byCursor, PagedList, StaffPage, Views } from '@banksia/kit'
import { listCorrectionsInfiniteOptions } from '../api'
import { CorrectionCard } from '../components/correction-card'
import { correctionsPage, findPage, propertyPage } from '../routes'

const VIEWS = [
  { state: 'proposed', label: 'Awaiting decision', empty: 'No correction awaits a decision.' },
  { state: 'approved', label: 'Approved', empty: 'No correction is approved.' },
  { state: 'rejected', label: 'Rejected', empty: 'No correction is rejected.' },
  { state: 'withdrawn', label: 'Withdrawn', empty: 'No correction is withdrawn.' },
] as const

/** What officers proposed; one who did not propose it decides. */
export default function CorrectionsPage() {
  const { state, property } = correctionsPage.useSearch()
  const corrections = useInfiniteQuery({
    ...listCorrectionsInfiniteOptions({ query: { state, property_id: property, limit: 30 } }),
    ...byCursor,
  })
  const hrefOf = (each: (typeof VIEWS)[number]['state']) =>
    correctionsPage.href({ search: { state: each, property } })
  return (
    <StaffPage
      title="Corrections"
      where={
        property ? (
          <TextLink href={propertyPage.href({ params: { propertyId: property } })}>Property</TextLink>
        ) : (
          <TextLink href={findPage.href()}>Properties</TextLink>
        )
      }
      facts={
        property ? (
          <>
            Of one property. <TextLink href={correctionsPage.href({ search: { state } })}>See all</TextLink>
          </>
        ) : (
          'What one officer proposes, another decides.'
        )
      }
      views={
        <Views
          label="Corrections"
          views={VIEWS.map(({ label, state: each }) => ({ label, href: hrefOf(each) }))}
          active={hrefOf(state)}
        />
      }
    >
      <div css={{ display: 'grid', gap: '1rem', maxWidth: '60rem' }}>
        <PagedList
          query={corrections}
          failed="The corrections could not be loaded"
          empty={VIEWS.find((view) => view.state === state)?.empty}
          shown={(rows) => (rows.length === 1 ? '1 correction shown' : `${rows.length} corrections shown`)}
        >
          {(rows) => rows.map((correction) => <CorrectionCard key={correction.id} correction={correction} />)}
        </PagedList>
      </div>
    </StaffPage>
  )
}
