import { useMemo } from 'react'
import { useQuery } from '@tanstack/react-query'
import { TextLink } from '@ag.ds-next/react/text-link'
import { colour, Loaded, LotSketch, RADIUS, SkeletonRows } from '@banksia/kit'
import { type MapRead, readMapOptions } from '../api'
import { mapLabel, mapLots, neighbours } from './map-lots'

/** Where the property lies, small, with the way to the map and its list. */
export function MapPanel({ propertyId, href }: { propertyId: string; href: string }) {
  const map = useQuery(readMapOptions({ path: { property_id: propertyId } }))
  return (
    <section
      aria-label="Map"
      css={{ border: `1px solid ${colour.borderMuted}`, borderRadius: RADIUS.panel, overflow: 'hidden' }}
    >
      <Loaded
        query={map}
        failed="The map could not be loaded"
        skeleton={<SkeletonRows rows={1} height="18rem" />}
      >
        {(read) => <Sketch map={read} href={href} />}
      </Loaded>
    </section>
  )
}

function Sketch({ map, href }: { map: MapRead; href: string }) {
  const lots = useMemo(() => mapLots(map), [map])
  const drawn = lots.some(({ geometry }) => geometry)
  const count = lots.filter(({ own }) => !own).length
  return (
    <>
      <LotSketch lots={lots} label={mapLabel(lots)} />
      <div
        css={{
          display: 'flex',
          justifyContent: 'space-between',
          gap: '1rem',
          padding: '0.625rem 1rem',
          borderTop: drawn ? `1px solid ${colour.borderMuted}` : undefined,
          fontSize: '0.875rem',
          color: colour.foregroundMuted,
        }}
      >
        {drawn ? neighbours(count) : 'No boundary of this land is known'}
        {drawn ? <TextLink href={href}>Open map and list</TextLink> : null}
      </div>
    </>
  )
}
