import { useMemo } from 'react'
import { useQuery } from '@tanstack/react-query'
import { colour, Loaded, ParcelMap, SkeletonRows } from '@banksia/kit'
import { type MapRead, readMapOptions } from '../api'
import { mapLabel, mapLots } from '../components/map-lots'
import { PropertyFrame } from '../components/property-frame'

/** The lots of a property and those around it, on a map and in a list. */
export default function MapPage() {
  return <PropertyFrame view="map">{(property) => <Neighbours propertyId={property.id} />}</PropertyFrame>
}

function Neighbours({ propertyId }: { propertyId: string }) {
  const map = useQuery({ ...readMapOptions({ path: { property_id: propertyId } }), staleTime: 60_000 })
  return (
    <Loaded
      query={map}
      failed="The map could not be loaded"
      skeleton={<SkeletonRows rows={1} height="34rem" />}
    >
      {(read) => <MapOf map={read} />}
    </Loaded>
  )
}

function MapOf({ map }: { map: MapRead }) {
  const lots = useMemo(() => mapLots(map), [map])
  return (
    <>
      <ParcelMap lots={lots} label={mapLabel(lots)} />
      {map.is_complete ? null : (
        <p css={{ fontSize: '0.875rem', color: colour.foregroundMuted }}>
          The nearest lots are shown, and not all neighbours.
        </p>
      )}
    </>
  )
}
