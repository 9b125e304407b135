import { useEffect, useRef, useState } from 'react'
import { Map as LibreMap, NavigationControl, ScaleControl, setWorkerUrl } from 'maplibre-gl'
import worker from 'maplibre-gl/dist/maplibre-gl-worker.mjs?url'
import 'maplibre-gl/dist/maplibre-gl.css'
import { colour } from '../theme/tokens'
import { boundsOf, drawn, type MapLot, middleOf } from './lots'
import { addWords, type MapColours, styleOf } from './map-style'

setWorkerUrl(worker)

interface ParcelCanvasProps {
  lots: readonly MapLot[]
  label: string
  active: string | undefined
  onActive: (id: string | undefined) => void
}

/** The map itself. It reports the lot under the pointer, and makes the one that is said to be active stand out. */
export default function ParcelCanvas({ lots, label, active, onActive }: ParcelCanvasProps) {
  const box = useRef<HTMLDivElement>(null)
  const [map, setMap] = useState<LibreMap>()
  const [failure, setFailure] = useState<Error>()
  useEffect(() => {
    const element = box.current
    if (!element) return
    const made = makeMap(element, lots, label, setFailure)
    made?.on('load', () => setMap(made))
    return () => {
      setMap(undefined)
      made?.remove()
    }
  }, [lots, label])
  useEffect(() => {
    map?.on('mousemove', 'fill', ({ features }) => onActive(String(features?.[0]?.id ?? '') || undefined))
    map?.on('mouseleave', 'fill', () => onActive(undefined))
  }, [map, onActive])
  useEffect(() => {
    if (!map || !active) return
    const lot = { source: 'lots', id: active }
    map.setFeatureState(lot, { active: true })
    const move = setTimeout(() => bringIntoView(map, lots, active), REST)
    return () => {
      clearTimeout(move)
      // The map is taken away before its lots are.
      if (map.getSource('lots')) map.removeFeatureState(lot)
    }
  }, [map, lots, active])
  // To the boundary around it, which shows the sketch.
  if (failure) throw failure
  return (
    <div
      ref={box}
      data-ready={map ? true : undefined}
      css={{
        height: '34rem',
        background: colour.backgroundShadeAlt,
        '@media (max-width: 1023px)': { height: '22rem' },
        '& .maplibregl-canvas:focus-visible': {
          outline: `3px solid ${colour.foregroundFocus}`,
          outlineOffset: -3,
        },
      }}
    />
  )
}

const REST = 250

/** A lot that is chosen in the list while it lies outside the map brings the map to it, once the pointer rests. */
function bringIntoView(map: LibreMap, lots: readonly MapLot[], id: string): void {
  const lot = drawn(lots).find((each) => each.id === id)
  if (!lot) return
  const middle = middleOf(lot.geometry)
  if (!map.getBounds().contains(middle)) map.easeTo({ center: middle, duration: 300 })
}

function makeMap(
  element: HTMLElement,
  lots: readonly MapLot[],
  label: string,
  onFailure: (error: Error) => void,
): LibreMap | undefined {
  const colours = coloursAt(element)
  const own = drawn(lots).filter((lot) => lot.own)
  const shown = own.length > 0 ? own : drawn(lots)
  const bounds = boundsOf(shown.map(({ geometry }) => geometry))
  try {
    const map = new LibreMap({
      container: element,
      style: styleOf(lots, colours),
      bounds: bounds ? [bounds[0], bounds[1], bounds[2], bounds[3]] : undefined,
      fitBoundsOptions: { padding: roomAround(element), maxZoom: 20 },
      attributionControl: false,
      dragRotate: false,
      pitchWithRotate: false,
      // One finger scrolls the page and the wheel too: the map is a part of it.
      cooperativeGestures: true,
      fadeDuration: 0,
      locale: {
        'Map.Title': label,
        'NavigationControl.ZoomIn': 'Closer',
        'NavigationControl.ZoomOut': 'Farther',
      },
    })
    map.touchZoomRotate.disableRotation()
    map.addControl(new NavigationControl({ showCompass: false }), 'top-right')
    map.addControl(new ScaleControl({ unit: 'metric' }), 'bottom-left')
    map.on('style.load', () => addWords(map, lots, colours))
    return map
  } catch (error) {
    onFailure(error instanceof Error ? error : new Error('The map could not be made.'))
    return undefined
  }
}

/** The own lots stand in the middle, small enough that their neighbours are in sight. */
function roomAround({ clientWidth, clientHeight }: HTMLElement): number {
  return Math.floor(Math.min(clientWidth, clientHeight) * 0.4)
}

function coloursAt(element: HTMLElement): MapColours {
  const probe = document.createElement('span')
  const pen = document.createElement('canvas').getContext('2d', { willReadFrequently: true })
  element.append(probe)
  // A theme mixes colours in spaces that WebGL's style does not read: a painted pixel is plain red, green and blue.
  const read = (variable: string) => {
    probe.style.color = variable
    if (!pen) return 'gray'
    pen.fillStyle = getComputedStyle(probe).color
    pen.fillRect(0, 0, 1, 1)
    const [red = 0, green = 0, blue = 0] = pen.getImageData(0, 0, 1, 1).data
    return `rgb(${red},${green},${blue})`
  }
  const colours = {
    ground: read(colour.backgroundShadeAlt),
    lot: read(colour.backgroundBody),
    line: read(colour.border),
    word: read(colour.foregroundMuted),
    own: read(colour.selectedMuted),
    ownLine: read(colour.selected),
    active: read(colour.systemWarningMuted),
  }
  probe.remove()
  return colours
}
