import { useEffect, useRef, useState } from 'react'
import { Map as LibreMap, NavigationControl, ScaleControl, setWorkerUrl } from 'maplibre-gl'
import worker from 'maplibre-gl/dist/maplibre-gl-worker.mjs?url'
import 'maplibre-gl/dist/maplibre-gl.css'
import { colour } from '../theme/tokens'
import { boundsOf, drawn, type MapLot } from './lots'
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
    return () => {
      // The map is taken away before its lots are.
      if (map.getSource('lots')) map.removeFeatureState(lot)
    }
  }, [map, active])
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

/** The own lots take the middle third, so that the neighbours are in sight. */
function roomAround({ clientWidth, clientHeight }: HTMLElement): number {
  return Math.floor(Math.min(clientWidth, clientHeight) / 3)
}

function coloursAt(element: HTMLElement): MapColours {
  const read = (variable: string) => {
    const probe = document.createElement('span')
    probe.style.color = variable
    element.append(probe)
    const { color } = getComputedStyle(probe)
    probe.remove()
    return color
  }
  return {
    ground: read(colour.backgroundShadeAlt),
    lot: read(colour.backgroundBody),
    line: read(colour.border),
    word: read(colour.foregroundMuted),
    own: read(colour.selectedMuted),
    ownLine: read(colour.selected),
    active: read(colour.systemWarningMuted),
  }
}
