import type { Geometry } from 'geojson'
import type { ExpressionSpecification, Map as LibreMap, StyleSpecification } from 'maplibre-gl'
import { drawn, type MapLot, middleOf } from './lots'

/** The colours of the council's theme, read from the page: WebGL knows no variables. */
export interface MapColours {
  ground: string
  lot: string
  line: string
  word: string
  own: string
  ownLine: string
  active: string
}

const isActive: ExpressionSpecification = ['boolean', ['feature-state', 'active'], false]
const isOwn: ExpressionSpecification = ['boolean', ['get', 'own'], false]

/** Lots and nothing else: no tiles, no fonts, nothing that is fetched. */
export function styleOf(lots: readonly MapLot[], colours: MapColours): StyleSpecification {
  return {
    version: 8,
    sources: {
      lots: { type: 'geojson', promoteId: 'id', data: collection(lots, 'boundary') },
      words: { type: 'geojson', data: collection(lots, 'middle') },
    },
    layers: [
      { id: 'ground', type: 'background', paint: { 'background-color': colours.ground } },
      {
        id: 'fill',
        type: 'fill',
        source: 'lots',
        paint: { 'fill-color': ['case', isOwn, colours.own, isActive, colours.active, colours.lot] },
      },
      {
        id: 'line',
        type: 'line',
        source: 'lots',
        layout: { 'line-join': 'round' },
        paint: { 'line-color': colours.line, 'line-width': 1 },
      },
      {
        id: 'strong',
        type: 'line',
        source: 'lots',
        layout: { 'line-join': 'round' },
        paint: {
          'line-color': colours.ownLine,
          'line-width': ['case', isActive, 4, isOwn, 2.5, 0],
        },
      },
      {
        id: 'words',
        type: 'symbol',
        source: 'words',
        // Pictures of words in place of a server of fonts; those that would overlap wait until there is room.
        layout: { 'icon-image': ['get', 'image'], 'icon-padding': 4, 'symbol-sort-key': ['get', 'order'] },
      },
    ],
  }
}

function collection(lots: readonly MapLot[], part: 'boundary' | 'middle') {
  return {
    type: 'FeatureCollection' as const,
    features: drawn(lots).map((lot) => ({
      type: 'Feature' as const,
      properties: { id: lot.id, own: lot.own, order: lot.own ? 0 : 1, image: imageName(lot) },
      geometry: (part === 'boundary'
        ? lot.geometry
        : { type: 'Point', coordinates: middleOf(lot.geometry) }) as Geometry,
    })),
  }
}

function imageName(lot: MapLot): string {
  return `${lot.own ? 'own' : 'other'}:${lot.label}`
}

/** Draw each label once as a picture. */
export function addWords(map: LibreMap, lots: readonly MapLot[], colours: MapColours): void {
  for (const lot of drawn(lots)) {
    const name = imageName(lot)
    if (map.hasImage(name)) continue
    const image = drawWord(
      lot.label,
      lot.own ? 'bold 18px' : '13px',
      lot.own ? colours.ownLine : colours.word,
    )
    if (image) map.addImage(name, image, { pixelRatio: SHARPNESS })
  }
}

const SHARPNESS = 2

function drawWord(word: string, font: string, fill: string): ImageData | null {
  const canvas = document.createElement('canvas')
  const pen = canvas.getContext('2d')
  if (!pen) return null
  const face = `${font} ${getComputedStyle(document.body).fontFamily}`
  pen.font = face
  const [width, height] = [Math.ceil(pen.measureText(word).width) + 2, 24]
  canvas.width = width * SHARPNESS
  canvas.height = height * SHARPNESS
  pen.scale(SHARPNESS, SHARPNESS)
  pen.font = face
  pen.fillStyle = fill
  pen.textAlign = 'center'
  pen.textBaseline = 'middle'
  pen.fillText(word, width / 2, height / 2)
  return pen.getImageData(0, 0, canvas.width, canvas.height)
}
