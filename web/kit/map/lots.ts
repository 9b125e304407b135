/** A point as GeoJSON has it: longitude, latitude. */
export type Position = readonly number[]
type Ring = readonly Position[]

/** The boundary of a lot. */
export type LotGeometry =
  | { type: 'Polygon'; coordinates: readonly Ring[] }
  | { type: 'MultiPolygon'; coordinates: readonly (readonly Ring[])[] }

/** A lot on a map, and its row in the list beside it. */
export interface MapLot {
  id: string
  /** What is written on it: `13`. */
  label: string
  /** `Lot 13 DP 1242624`. */
  title: string
  detail?: string
  href?: string
  /** Of the property that the map is of. */
  own: boolean
  /** Null where council has no boundary: it stands in the list alone. */
  geometry: LotGeometry | null
}

/** West, south, east, north. */
export type Bounds = readonly [west: number, south: number, east: number, north: number]

/** The polygons of a boundary, each its outer ring and its holes. */
export function polygonsOf(geometry: LotGeometry): readonly (readonly Ring[])[] {
  return geometry.type === 'Polygon' ? [geometry.coordinates] : geometry.coordinates
}

/** The smallest rectangle around boundaries; null when there is none. */
export function boundsOf(geometries: readonly LotGeometry[]): Bounds | null {
  const points = geometries.flatMap(polygonsOf).flatMap((rings) => rings[0] ?? [])
  if (points.length === 0) return null
  const bounds: [number, number, number, number] = [Infinity, Infinity, -Infinity, -Infinity]
  for (const [x = 0, y = 0] of points) {
    bounds[0] = Math.min(bounds[0], x)
    bounds[1] = Math.min(bounds[1], y)
    bounds[2] = Math.max(bounds[2], x)
    bounds[3] = Math.max(bounds[3], y)
  }
  return bounds
}

/** A point well within a boundary, for its label: the centre of its largest part, moved inside where that is bent. */
export function middleOf(geometry: LotGeometry): [number, number] {
  let best = { area: -1, x: 0, y: 0, rings: [] as readonly Ring[] }
  for (const rings of polygonsOf(geometry)) {
    const centre = centreOf(rings[0] ?? [])
    if (centre.area > best.area) best = { ...centre, rings }
  }
  const crossings = crossingsAt(best.rings, best.y)
  const inside = crossings.filter((x) => x < best.x).length % 2 === 1
  return inside ? [best.x, best.y] : [widestAt(crossings) ?? best.x, best.y]
}

function centreOf(ring: Ring): { area: number; x: number; y: number } {
  // Reckoned from the first point: so close together, degrees would otherwise lose their last digits.
  const [x0 = 0, y0 = 0] = ring[0] ?? []
  let [doubled, x, y] = [0, 0, 0]
  for (let index = 0; index < ring.length - 1; index += 1) {
    const [ax, ay] = from(ring[index], x0, y0)
    const [bx, by] = from(ring[index + 1], x0, y0)
    const cross = ax * by - bx * ay
    doubled += cross
    x += (ax + bx) * cross
    y += (ay + by) * cross
  }
  if (doubled === 0) return { area: 0, x: x0, y: y0 }
  return { area: Math.abs(doubled / 2), x: x0 + x / (3 * doubled), y: y0 + y / (3 * doubled) }
}

function from(point: Position | undefined, x0: number, y0: number): [number, number] {
  return [(point?.[0] ?? x0) - x0, (point?.[1] ?? y0) - y0]
}

/** Where the boundary crosses a latitude, from west to east. */
function crossingsAt(rings: readonly Ring[], y: number): number[] {
  const found: number[] = []
  for (const ring of rings)
    for (let index = 0; index < ring.length - 1; index += 1) {
      const [ax = 0, ay = 0] = ring[index] ?? []
      const [bx = 0, by = 0] = ring[index + 1] ?? []
      if (ay > y !== by > y) found.push(ax + ((y - ay) / (by - ay)) * (bx - ax))
    }
  return found.sort((a, b) => a - b)
}

function widestAt(crossings: readonly number[]): number | undefined {
  let best: { width: number; middle: number } | undefined
  for (let index = 0; index + 1 < crossings.length; index += 2) {
    const [west = 0, east = 0] = [crossings[index], crossings[index + 1]]
    if (!best || east - west > best.width) best = { width: east - west, middle: (west + east) / 2 }
  }
  return best?.middle
}

/** The lots that have a boundary. */
export function drawn(lots: readonly MapLot[]): (MapLot & { geometry: LotGeometry })[] {
  return lots.filter((lot): lot is MapLot & { geometry: LotGeometry } => lot.geometry !== null)
}
