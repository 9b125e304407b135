import { Panel, PropertySearch, StaffPage, useNavigateTo } from '@banksia/kit'
import { filePage } from '../routes'

/** A file is found by its property. */
export default function FindPage() {
  const navigate = useNavigateTo()
  return (
    <StaffPage title="Property files" facts="Every property has a file: find the property to open it.">
      <div css={{ maxWidth: '42rem' }}>
        <Panel title="Open a file">
          <PropertySearch
            label="Find the property"
            hint="Address, lot and plan, or assessment number"
            onChoose={(match) => {
              navigate(filePage.href({ params: { propertyId: match.id } }))
            }}
          />
        </Panel>
      </div>
    </StaffPage>
  )
}
