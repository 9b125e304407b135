import { Component, lazy, type ReactNode, Suspense, useState } from 'react'
import { Notice } from '../display/notice'
import { SkeletonRows } from '../feedback/skeleton'
import { colour, RADIUS } from '../theme/tokens'
import { LotList } from './lot-list'
import { LotSketch } from './lot-sketch'
import { drawn, type MapLot } from './lots'

const ParcelCanvas = lazy(() => import('./parcel-canvas'))

interface ParcelMapProps {
  lots: readonly MapLot[]
  /** What it shows: `Lot 13 DP 1242624 and its neighbours`. */
  label: string
}

/** A map of lots with the list of them beside it. What draws it is fetched only here; without WebGL a sketch stands in. */
export function ParcelMap({ lots, label }: ParcelMapProps) {
  const [active, setActive] = useState<string>()
  return (
    <div css={frame}>
      <Picture lots={lots} label={label} active={active} onActive={setActive} />
      <LotList lots={lots} active={active} onActive={setActive} />
    </div>
  )
}

interface PictureProps extends ParcelMapProps {
  active: string | undefined
  onActive: (id: string | undefined) => void
}

function Picture({ lots, label, active, onActive }: PictureProps) {
  if (drawn(lots).length === 0)
    return (
      <div css={{ padding: '1rem' }}>
        <Notice tone="info" title="There is no map of this land">
          <p>Council has no boundary of these lots. Import the NSW lot layer to see them here.</p>
        </Notice>
      </div>
    )
  const sketch = (
    <div>
      <p css={{ padding: '0.75rem 1rem', fontSize: '0.875rem' }}>
        This browser cannot draw a map that moves, so here is a sketch. The list names every lot.
      </p>
      <LotSketch lots={lots} label={label} active={active} height="30rem" />
    </div>
  )
  if (!hasWebGl()) return sketch
  return (
    <Otherwise show={sketch}>
      <Suspense fallback={<SkeletonRows rows={1} height="34rem" />}>
        <ParcelCanvas lots={lots} label={label} active={active} onActive={onActive} />
      </Suspense>
    </Otherwise>
  )
}

let able: boolean | undefined

/** Whether this machine draws with WebGL 2; asked once, since every asking makes a context. */
function hasWebGl(): boolean {
  able ??= Boolean(
    typeof WebGL2RenderingContext !== 'undefined' && document.createElement('canvas').getContext('webgl2'),
  )
  return able
}

/** Shows something else when its children cannot be drawn: the map's code did not come, or WebGL failed after all. */
class Otherwise extends Component<{ show: ReactNode; children: ReactNode }, { failed: boolean }> {
  override state = { failed: false }

  static getDerivedStateFromError() {
    return { failed: true }
  }

  override render() {
    return this.state.failed ? this.props.show : this.props.children
  }
}

const frame = {
  display: 'grid',
  gridTemplateColumns: 'minmax(0, 1fr) 21rem',
  border: `1px solid ${colour.borderMuted}`,
  borderRadius: RADIUS.panel,
  overflow: 'hidden',
  background: colour.backgroundBody,
  '& > :last-child': { borderLeft: `1px solid ${colour.borderMuted}` },
  '@media (max-width: 1023px)': {
    gridTemplateColumns: 'minmax(0, 1fr)',
    '& > :last-child': { borderLeft: 0, borderTop: `1px solid ${colour.borderMuted}` },
  },
} as const
