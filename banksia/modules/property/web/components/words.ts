import { formatDate, formatMoney, type LineageLot, propertyTitle } from '@banksia/kit'
import type { LineageParcelRead, LineageRead, PropertyRead } from '../api'
import { propertyPage } from '../routes'

export const STATES = { current: 'Current', proposed: 'Proposed', historic: 'Historic' } as const

type LineageKind = LineageRead['events'][number]['kind']

/** What happened to lots, in the order in which it is offered. */
export const LINEAGE_KINDS: Record<LineageKind, string> = {
  subdivision: 'Subdivision',
  consolidation: 'Consolidation',
  boundary_adjustment: 'Boundary adjustment',
  strata_registration: 'Strata registration',
  strata_termination: 'Strata termination',
  road_closure: 'Road closure',
}

/** `rates.csv, line 12, imported 22 Nov 2026`. */
export function sourceOf(source: PropertyRead['source']): string {
  if (!source) return 'No source is recorded'
  const line = source.line === null ? '' : `, line ${source.line.toLocaleString('en-AU')}`
  const when = source.imported_at ? `, imported ${formatDate(source.imported_at)}` : ''
  return `${source.file_name ?? 'Entered by council'}${line}${when}`
}

/** `1,012 m²`, `14.2 ha` from one hectare on. */
export function areaOf(squareMetres: number | null): string {
  if (squareMetres === null) return 'area unknown'
  if (squareMetres < 10_000) return `${Math.round(squareMetres).toLocaleString('en-AU')} m²`
  return `${(squareMetres / 10_000).toLocaleString('en-AU', { maximumFractionDigits: 2 })} ha`
}

export function titleOf(property: Pick<PropertyRead, 'address' | 'parcels'>): string {
  const parcels = property.parcels.map(({ text }) => text)
  return propertyTitle({ address: property.address, parcels }) || 'Property without land'
}

/** Where a lot is shown, when it belongs to a property. */
export function hrefOfLot(propertyId: string | null): string | undefined {
  return propertyId ? propertyPage.href({ params: { propertyId } }) : undefined
}

export function lineageLot(parcel: LineageParcelRead): LineageLot {
  return {
    id: parcel.id,
    title: parcel.title,
    detail: parcel.area_square_metres === null ? undefined : areaOf(parcel.area_square_metres),
    href: hrefOfLot(parcel.property_id),
    state: parcel.status,
    own: parcel.is_own,
  }
}

/** A field of a correction as people call it. */
export const CORRECTION_FIELDS = {
  text: 'Address',
  postcode: 'Postcode',
  area_square_metres: 'Area',
  status: 'Status',
} as const

/** A value of that field as people write it. */
export function correctionValue(field: keyof typeof CORRECTION_FIELDS, value: string | null): string {
  if (value === null || value === '') return 'nothing'
  if (field === 'area_square_metres') return areaOf(Number(value))
  if (field === 'status' && value in STATES) return STATES[value as keyof typeof STATES]
  return value
}

/** What is in the box of an amount that is kept in cents. */
export function dollarsOf(cents: string): string {
  return formatMoney(Number(cents)).replaceAll(/[$,]/g, '')
}
