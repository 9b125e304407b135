import type { LineageRead, MapRead, ParcelRead, PropertyRead, SourceRead } from '../api'

export const ID = '01990000-0000-7000-8000-00000000000a'

export const source: SourceRead = {
  file_name: 'rates.csv',
  format: 'csv',
  line: 12,
  imported_at: '2026-11-22T01:00:00Z',
  valid_from: '2018-03-12T00:00:00Z',
  valid_to: null,
}

export const parcel: ParcelRead = {
  id: 'p13',
  text: '13//DP1242624',
  title: 'Lot 13 DP 1242624',
  lot: '13',
  section: null,
  plan_type: 'DP',
  plan: '1242624',
  status: 'current',
  is_part: false,
  is_synthetic: false,
  area_square_metres: 1012,
  source,
}

export const property: PropertyRead = {
  id: ID,
  address: '9 PORTLAND ROAD PORTLAND',
  addresses: [
    { id: 'a1', text: '9 PORTLAND ROAD PORTLAND', postcode: '2847', longitude: null, latitude: null, source },
    {
      id: 'a2',
      text: '2 LETT LANE PORTLAND',
      postcode: '2847',
      longitude: null,
      latitude: null,
      source: null,
    },
  ],
  parcels: [parcel],
  assessment: '107310',
  status: 'current',
  is_synthetic: false,
  source,
}

const lot = { area_square_metres: null, text: '', property_id: null, is_own: false } as const
export const lineage: LineageRead = {
  parcels: [
    { ...lot, id: 'pA', title: 'Lot A DP 397521', status: 'historic', property_id: 'old-a' },
    { ...lot, id: 'pB', title: 'Lot B DP 397521', status: 'historic', property_id: 'old-b' },
    { ...lot, id: 'p12', title: 'Lot 12 DP 1242624', status: 'current', property_id: 'new-12' },
    { ...lot, id: 'p13', title: 'Lot 13 DP 1242624', status: 'current', property_id: ID, is_own: true },
  ],
  events: [
    {
      id: 'e1',
      kind: 'boundary_adjustment',
      plan: 'DP1242624',
      occurred_on: '2018-03-12',
      source: 'NSW cadastre',
      note: null,
      recorded_by_name: 'Priya Nair',
      recorded_at: '2018-03-12T00:00:00Z',
      parent_ids: ['pA', 'pB'],
      child_ids: ['p12', 'p13'],
    },
  ],
  is_complete: true,
}

export const map: MapRead = {
  type: 'FeatureCollection',
  bounds: [149.98, -33.351, 149.981, -33.35],
  features: [
    feature('p13', '13', 'Lot 13 DP 1242624', true, ID, 149.98),
    feature('p12', '12', 'Lot 12 DP 1242624', false, 'new-12', 149.979),
  ],
  without_shape: [],
  is_complete: true,
}

function feature(
  id: string,
  label: string,
  title: string,
  is_own: boolean,
  property_id: string,
  west: number,
): MapRead['features'][number] {
  const [east, south, north] = [west + 0.001, -33.351, -33.35]
  return {
    type: 'Feature',
    id,
    geometry: {
      type: 'Polygon',
      coordinates: [
        [
          [west, south],
          [east, south],
          [east, north],
          [west, north],
          [west, south],
        ],
      ],
    },
    properties: {
      parcel_id: id,
      text: '',
      title,
      label,
      status: 'current',
      is_own,
      is_synthetic: false,
      area_square_metres: 1012,
      address: is_own ? null : '7 PORTLAND ROAD PORTLAND',
      property_id,
    },
  }
}
