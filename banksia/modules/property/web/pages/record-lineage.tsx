import { useState } from 'react'
import { useQuery } from '@tanstack/react-query'
import { TextLink } from '@ag.ds-next/react/text-link'
import { Loaded, StaffPage } from '@banksia/kit'
import { getPropertyOptions, type LineagePreview, type LineageRecord } from '../api'
import { LineageForm, type TypedLineage, typedFor } from '../components/lineage-form'
import { LineageReview } from '../components/lineage-review'
import { titleOf } from '../components/words'
import { propertyPage, recordLineagePage } from '../routes'

/** What was typed, as it is sent, and what the server says that it would do. */
export interface ReviewedLineage {
  typed: TypedLineage
  record: LineageRecord
  preview: LineagePreview
}

/** Records that lots became others: first what happened, then a look at what that will do. */
export default function RecordLineagePage() {
  const { propertyId } = recordLineagePage.useParams()
  const property = useQuery(getPropertyOptions({ path: { property_id: propertyId } }))
  const [reviewed, setReviewed] = useState<ReviewedLineage>()
  const [reviewing, setReviewing] = useState(false)
  return (
    <StaffPage
      title={reviewing ? 'Check what will happen' : 'Record what became of this land'}
      where={
        <TextLink href={propertyPage.href({ params: { propertyId } })}>
          {property.data ? titleOf(property.data) : 'Property'}
        </TextLink>
      }
      facts={
        reviewing
          ? 'Nothing is recorded yet.'
          : 'A subdivision, consolidation or other plan: which lots ended, and which came of them.'
      }
    >
      <div css={{ maxWidth: '52rem' }}>
        <Loaded query={property} failed="The property could not be opened">
          {(read) =>
            reviewing && reviewed ? (
              <LineageReview
                propertyId={propertyId}
                reviewed={reviewed}
                onBack={() => {
                  setReviewing(false)
                }}
              />
            ) : (
              <LineageForm
                start={reviewed?.typed ?? typedFor(read)}
                onReview={(next) => {
                  setReviewed(next)
                  setReviewing(true)
                }}
              />
            )
          }
        </Loaded>
      </div>
    </StaffPage>
  )
}
