import { useQuery } from '@tanstack/react-query'
import { TextLink } from '@ag.ds-next/react/text-link'
import { Loaded, Panel, StaffPage } from '@banksia/kit'
import { getPropertyOptions } from '../api'
import { CorrectionForm } from '../components/correction-form'
import { titleOf } from '../components/words'
import { correctPage, propertyPage } from '../routes'

/** Says what is wrong in a record; somebody else decides. */
export default function CorrectPage() {
  const { propertyId } = correctPage.useParams()
  const property = useQuery(getPropertyOptions({ path: { property_id: propertyId } }))
  return (
    <StaffPage
      title="Propose a correction"
      where={
        <TextLink href={propertyPage.href({ params: { propertyId } })}>
          {property.data ? titleOf(property.data) : 'Property'}
        </TextLink>
      }
      facts="Another officer decides. Once approved, imports keep to it and report what they say instead."
    >
      <div css={{ maxWidth: '46rem' }}>
        <Loaded query={property} failed="The property could not be opened">
          {(read) => (
            <Panel title="Correction">
              <CorrectionForm property={read} />
            </Panel>
          )}
        </Loaded>
      </div>
    </StaffPage>
  )
}
