import { useQuery } from '@tanstack/react-query'
import { TextLink } from '@ag.ds-next/react/text-link'
import { Loaded, Panel, StaffPage } from '@banksia/kit'
import { readReviewCaseOptions } from '../api'
import { CasePanel } from '../components/case-panel'
import { History } from '../components/history'
import { caseTitles } from '../components/words'
import { casePage } from '../provider-routes'
import { reviewPage } from '../routes'

/** One case, decided or not, with all that was done about it. */
export default function ReviewCasePage() {
  const { caseId } = casePage.useParams()
  const found = useQuery(readReviewCaseOptions({ path: { case_id: caseId } }))
  return (
    <StaffPage
      title={found.data ? caseTitles[found.data.kind] : 'Case to review'}
      where={<TextLink href={reviewPage.href()}>Money to review</TextLink>}
    >
      <div
        css={{ display: 'grid', gap: '1.25rem', maxWidth: '60rem', gridTemplateColumns: 'minmax(0, 1fr)' }}
      >
        <Loaded query={found} failed="The case could not be opened">
          {(read) => (
            <>
              <CasePanel found={read} linked={false} />
              <Panel title="What was done">
                <History entries={read.history} />
              </Panel>
            </>
          )}
        </Loaded>
      </div>
    </StaffPage>
  )
}
