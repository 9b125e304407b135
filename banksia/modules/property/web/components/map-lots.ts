import { formatAddress, type LotGeometry, type MapLot } from '@banksia/kit'
import type { MapRead } from '../api'
import { areaOf, hrefOfLot, STATES } from './words'

/** The lots of a map, the property's own ones first. */
export function mapLots({ features, without_shape }: MapRead): MapLot[] {
  const shown = features.map(({ id, geometry, properties }): MapLot => {
    const { label, title, address, area_square_metres, status, is_own, is_synthetic, property_id } =
      properties
    return {
      id,
      label,
      title,
      detail: [
        address ? formatAddress(address) : '',
        areaOf(area_square_metres),
        status === 'current' ? '' : STATES[status].toLowerCase(),
        is_synthetic ? 'synthetic' : '',
      ]
        .filter(Boolean)
        .join(', '),
      href: is_own ? undefined : hrefOfLot(property_id),
      own: is_own,
      // The server has checked that it is a polygon or several.
      geometry: geometry as LotGeometry,
    }
  })
  const without = without_shape.map((title): MapLot => ({
    id: title,
    label: '',
    title,
    own: true,
    geometry: null,
  }))
  return [...shown, ...without]
}

/** What a map of them shows, in words. */
export function mapLabel(lots: readonly MapLot[]): string {
  const own = lots.filter((lot) => lot.own && lot.geometry)
  const others = lots.length - lots.filter((lot) => lot.own).length
  const named =
    own.length > 3 ? `${own.length} lots` : new Intl.ListFormat('en-AU').format(own.map(({ title }) => title))
  return `Map of ${named || 'the land'} and ${neighbours(others)}`
}

export function neighbours(count: number): string {
  return count === 1 ? '1 lot nearby' : `${count} lots nearby`
}
