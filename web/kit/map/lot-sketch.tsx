import { colour } from '../theme/tokens'
import { type Bounds, boundsOf, drawn, type LotGeometry, type MapLot, middleOf, polygonsOf } from './lots'

interface LotSketchProps {
  lots: readonly MapLot[]
  /** What it shows, for those who do not see it: `Lot 13 DP 1242624 and 9 neighbouring lots`. */
  label: string
  /** The lot under the pointer or the keyboard in a list beside it. */
  active?: string
  height?: string
}

const WIDTH = 400
const HEIGHT = 260

/** Lots as a small drawing: it needs nothing to be loaded and shows on any machine. */
export function LotSketch({ lots, label, active, height = '16.25rem' }: LotSketchProps) {
  const shown = drawn(lots)
  const own = shown.filter((lot) => lot.own)
  const bounds = around(boundsOf((own.length > 0 ? own : shown).map(({ geometry }) => geometry)))
  if (!bounds) return null
  const place = placing(bounds)
  // The own lots last, so that no neighbour's line is drawn over theirs.
  const ordered = [...shown].sort((a, b) => rank(a, active) - rank(b, active))
  return (
    <svg
      role="img"
      aria-label={label}
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      preserveAspectRatio="xMidYMid slice"
      css={{ display: 'block', width: '100%', height, background: colour.backgroundShadeAlt }}
    >
      {ordered.map((lot) => (
        <path key={lot.id} d={pathOf(lot.geometry, place)} fillRule="evenodd" css={lotStyle(lot, active)} />
      ))}
      {ordered.map((lot) => {
        const [x, y] = place(middleOf(lot.geometry))
        return widthOf(lot.geometry, place) > 10 + 7 * lot.label.length ? (
          <text key={lot.id} x={x} y={y} textAnchor="middle" dominantBaseline="central" css={wordStyle(lot)}>
            {lot.label}
          </text>
        ) : null
      })}
    </svg>
  )
}

function rank(lot: MapLot, active: string | undefined): number {
  return lot.id === active ? 2 : lot.own ? 1 : 0
}

function lotStyle(lot: MapLot, active: string | undefined) {
  const strong = lot.own || lot.id === active
  return {
    fill:
      lot.id === active && !lot.own
        ? colour.systemWarningMuted
        : lot.own
          ? colour.selectedMuted
          : colour.backgroundBody,
    stroke: strong ? colour.selected : colour.border,
    strokeWidth: strong ? 2 : 1,
    strokeLinejoin: 'round',
  } as const
}

function wordStyle(lot: MapLot) {
  return {
    fill: lot.own ? colour.foregroundAction : colour.foregroundMuted,
    fontSize: lot.own ? 15 : 11,
    fontWeight: lot.own ? 'bold' : 'normal',
  } as const
}

/** Room for about one lot more on every side. */
function around(bounds: Bounds | null): Bounds | null {
  if (!bounds) return null
  const [west, south, east, north] = bounds
  const shrink = shrinkAt((south + north) / 2)
  const room = Math.max((east - west) * shrink, north - south, 0.0001) * 0.9
  return [west - room / shrink, south - room, east + room / shrink, north + room]
}

/** A degree of longitude against one of latitude. */
function shrinkAt(latitude: number): number {
  return Math.cos((latitude * Math.PI) / 180)
}

type Place = (point: readonly number[]) => [number, number]

/** From degrees to the drawing, the middle of the bounds in its middle and the same scale both ways. */
function placing([west, south, east, north]: Bounds): Place {
  const shrink = shrinkAt((south + north) / 2)
  const scale = Math.min(WIDTH / ((east - west) * shrink), HEIGHT / (north - south))
  const [middleX, middleY] = [(west + east) / 2, (south + north) / 2]
  return ([x = 0, y = 0]) => [
    round(WIDTH / 2 + (x - middleX) * shrink * scale),
    round(HEIGHT / 2 - (y - middleY) * scale),
  ]
}

function round(value: number): number {
  return Math.round(value * 10) / 10
}

function pathOf(geometry: LotGeometry, place: Place): string {
  return polygonsOf(geometry)
    .flat()
    .map((ring) => `M${ring.map((point) => place(point).join(' ')).join('L')}Z`)
    .join('')
}

function widthOf(geometry: LotGeometry, place: Place): number {
  const bounds = boundsOf([geometry])
  if (!bounds) return 0
  return place([bounds[2], bounds[1]])[0] - place([bounds[0], bounds[1]])[0]
}
