import { Attributes } from '../components/attributes'
import { Contributions } from '../components/contributions'
import { Identity } from '../components/identity'
import { Land } from '../components/land'
import { LineagePanel } from '../components/lineage-panel'
import { MapPanel } from '../components/map-panel'
import { PropertyFrame } from '../components/property-frame'
import { mapPage } from '../routes'

/** What council knows of a property, with where it knows it from. */
export default function PropertyPage() {
  return (
    <PropertyFrame
      view="overview"
      aside={({ id }) => (
        <>
          <MapPanel propertyId={id} href={mapPage.href({ params: { propertyId: id } })} />
          <Contributions propertyId={id} />
        </>
      )}
    >
      {(property, asAt) => (
        <>
          <Identity property={property} asAt={asAt} />
          <Land property={property} />
          <Attributes property={property} asAt={asAt} />
          <LineagePanel
            propertyId={property.id}
            canRecord={!asAt && property.parcels.some(({ status }) => status !== 'historic')}
          />
        </>
      )}
    </PropertyFrame>
  )
}
