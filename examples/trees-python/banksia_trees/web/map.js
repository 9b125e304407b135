// The lots of a property with its trees on them, drawn to scale. Every tree also stands in the list beside it.
import { make, nameOf, svg } from './parts.js'

const SIZE = 640
const METRES_A_DEGREE = 111_320

/** `{ element, show(id), mark(place) }`; where one may mark a place, `onPlace` is told of it. */
export function treeMap({ lots, property, onPlace }) {
  const frame = frameOf(lots, property)
  if (!frame)
    return {
      element: make(
        'p',
        { className: 'trees-empty' },
        'Council has no boundary of this land and no place of its trees.',
      ),
      show() {},
      mark() {},
    }
  const { place, back, scale } = frame
  const drawnLots = lots.map((lot) =>
    svg('path', {
      d: pathOf(lot.geometry, place),
      class: lot.properties.is_own ? 'trees-lot trees-own' : 'trees-lot',
    }),
  )
  const trees = new Map(
    property.trees
      .filter((tree) => tree.longitude !== null)
      .map((tree) => [tree.id, drawTree(tree, place, scale)]),
  )
  const mark = svg('circle', { r: 9, class: 'trees-mark', visibility: 'hidden' })
  const words = `Map of ${property.address ?? 'the property'} with ${trees.size === 1 ? '1 tree' : `${trees.size} trees`}`
  const map = svg(
    'svg',
    { viewBox: `0 0 ${SIZE} ${SIZE}`, role: 'img', 'aria-label': words, class: 'trees-map' },
    [...drawnLots, ...trees.values(), mark, ...scaleBar(scale)],
  )
  if (onPlace) {
    map.classList.add('trees-placing')
    map.addEventListener('click', ({ clientX, clientY }) => {
      const { x, y } = new DOMPoint(clientX, clientY).matrixTransform(map.getScreenCTM().inverse())
      onPlace(back([x, y]))
    })
  }
  const hint = onPlace ? 'Press where a new tree stands, or give its longitude and latitude below.' : null
  return {
    element: make(
      'figure',
      { className: 'trees-panel trees-figure' },
      map,
      hint ? make('figcaption', { className: 'trees-muted' }, hint) : null,
    ),
    show: (id) => {
      for (const [each, drawn] of trees) drawn.classList.toggle('trees-active', each === id)
    },
    mark: (at) => {
      if (!at) return mark.setAttribute('visibility', 'hidden')
      const [x, y] = place([at.longitude, at.latitude])
      for (const [name, value] of Object.entries({ cx: x, cy: y, visibility: 'visible' }))
        mark.setAttribute(name, value)
    },
  }
}

/** From degrees to the drawing and back, the same scale both ways, with room around what is the property's own. */
function frameOf(lots, property) {
  const own = lots.filter((lot) => lot.properties.is_own)
  const points = (own.length > 0 ? own : lots).flatMap(({ geometry }) => ringsOf(geometry).flat())
  points.push(
    ...property.trees
      .filter((tree) => tree.longitude !== null)
      .map((tree) => [tree.longitude, tree.latitude]),
  )
  if (points.length === 0 && property.longitude !== null) points.push([property.longitude, property.latitude])
  if (points.length === 0) return null
  const range = (index) => [
    Math.min(...points.map((point) => point[index])),
    Math.max(...points.map((point) => point[index])),
  ]
  const [[west, east], [south, north]] = [range(0), range(1)]
  const [middleX, middleY] = [(west + east) / 2, (south + north) / 2]
  const shrink = Math.cos((middleY * Math.PI) / 180)
  const widest = Math.max((east - west) * shrink, north - south, 0.0003) * 1.5
  const zoom = SIZE / widest
  return {
    place: ([x, y]) => [SIZE / 2 + (x - middleX) * shrink * zoom, SIZE / 2 - (y - middleY) * zoom],
    back: ([x, y]) => ({
      longitude: middleX + (x - SIZE / 2) / (shrink * zoom),
      latitude: middleY - (y - SIZE / 2) / zoom,
    }),
    scale: zoom / METRES_A_DEGREE,
  }
}

const ringsOf = ({ type, coordinates }) => (type === 'Polygon' ? coordinates : coordinates.flat())

function pathOf(geometry, place) {
  return ringsOf(geometry)
    .map(
      (ring) =>
        `M${ring
          .map((point) =>
            place(point)
              .map((value) => value.toFixed(1))
              .join(' '),
          )
          .join('L')}Z`,
    )
    .join('')
}

/** A crown about half as wide as the tree is high, but never too small to be seen. */
function drawTree(tree, place, scale) {
  const [cx, cy] = place([tree.longitude, tree.latitude])
  const radius = Math.max(((tree.height_m ?? 6) / 4) * scale, 8)
  const kind = tree.protection === 'none' ? 'trees-crown' : 'trees-crown trees-kept'
  return svg('g', { class: kind }, [
    svg('title', {}, [nameOf(tree)]),
    svg('circle', { cx, cy, r: radius }),
    svg('circle', { cx, cy, r: 2.5, class: 'trees-trunk' }),
  ])
}

function scaleBar(scale) {
  const metres = [1, 2, 5, 10, 20, 50, 100, 200, 500].findLast((each) => each * scale <= SIZE / 4) ?? 1
  const length = metres * scale
  const text = svg('text', { x: 20, y: SIZE - 30, class: 'trees-scale' }, [`${metres} m`])
  return [svg('path', { d: `M20 ${SIZE - 20}h${length.toFixed(1)}`, class: 'trees-bar' }), text]
}
