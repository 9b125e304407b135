import { useId } from 'react'
import { colour, RADIUS, visuallyHidden } from '../theme/tokens'
import { useIsPhone } from '../theme/use-media'
import { LotBox } from './lot-box'
import { layOut, type Lineage, type Line, type Placed } from './layout'
import { LineageList } from './lineage-list'

const BOX = { width: 172, height: 48 }
const EVENT = { width: 176, height: 56 }
const GAP = { across: 24, down: 20 }
const STEP = { x: (BOX.width + EVENT.width) / 2 + GAP.across, y: BOX.height + GAP.down }

/** What lots came from and became: a graph where there is room for one, a list on a phone. */
export function LineageGraph(lineage: Lineage) {
  const phone = useIsPhone()
  return phone ? <LineageList {...lineage} /> : <Graph {...lineage} />
}

function Graph(lineage: Lineage) {
  const { columns, rows, placed, lines } = layOut(lineage)
  const help = useId()
  const size = {
    width: (columns - 1) * STEP.x + BOX.width,
    height: Math.max(EVENT.height, rows * STEP.y - GAP.down) + 2 * MARGIN,
  }
  const inReadingOrder = [...placed].sort((a, b) => a.column - b.column || a.row - b.row)
  return (
    <div css={{ overflowX: 'auto', padding: 4 }}>
      <p id={help} css={visuallyHidden}>
        From the oldest to the newest.
      </p>
      <div css={{ position: 'relative', margin: '0 auto', ...size }}>
        <svg aria-hidden width={size.width} height={size.height} css={{ position: 'absolute', inset: 0 }}>
          {lines.map((line) => (
            <path
              key={`${line.from.key} ${line.to.key}`}
              d={curve(line)}
              fill="none"
              stroke={colour.border}
              strokeWidth={1.5}
            />
          ))}
        </svg>
        <ol aria-describedby={help} css={{ listStyle: 'none' }}>
          {inReadingOrder.map((each) => (
            <li key={each.key} css={{ position: 'absolute', display: 'flex', ...boxOf(each) }}>
              <Part each={each} lineage={lineage} />
            </li>
          ))}
        </ol>
      </div>
    </div>
  )
}

const MARGIN = 4

function Part({ each, lineage }: { each: Placed; lineage: Lineage }) {
  if (each.lot) return <LotBox lot={each.lot} />
  if (each.kind === 'more')
    return (
      <span css={{ ...middle, color: colour.foregroundMuted, fontSize: '0.8125rem' }}>
        and {each.more} more lots
      </span>
    )
  const name = (ids: readonly string[]) =>
    new Intl.ListFormat('en-AU').format(
      ids.flatMap((id) => lineage.lots.find((lot) => lot.id === id)?.title ?? []),
    )
  return (
    <span
      css={{
        ...middle,
        flexDirection: 'column',
        border: `1px solid ${colour.borderMuted}`,
        borderRadius: EVENT.height / 2,
        background: colour.backgroundShadeAlt,
        textAlign: 'center',
        lineHeight: 1.3,
      }}
    >
      <strong css={{ fontSize: '0.8125rem' }}>{each.event?.title}</strong>
      <span css={{ fontSize: '0.75rem' }}>{each.event?.detail}</span>
      <span css={visuallyHidden}>
        : {name(each.event?.parents ?? [])} became {name(each.event?.children ?? [])}
      </span>
    </span>
  )
}

function boxOf(each: Placed) {
  const { width, height } = each.kind === 'event' ? EVENT : BOX
  const centre = centreOf(each)
  return { left: centre.x - width / 2, top: centre.y - height / 2, width, height }
}

function centreOf({ column, row }: Placed) {
  return {
    x: BOX.width / 2 + column * STEP.x,
    y: MARGIN + Math.max(EVENT.height, BOX.height) / 2 + row * STEP.y,
  }
}

/** From the right edge of one to the left edge of the other; what runs backwards runs round. */
function curve({ from, to }: Line): string {
  const [a, b] = [boxOf(from), boxOf(to)]
  const [x1, y1] = [a.left + a.width, a.top + a.height / 2]
  const [x2, y2] = [b.left, b.top + b.height / 2]
  const bend = Math.max(Math.abs(x2 - x1) / 2, 16)
  return `M${x1} ${y1}C${x1 + bend} ${y1} ${x2 - bend} ${y2} ${x2} ${y2}`
}

const middle = {
  display: 'flex',
  alignItems: 'center',
  justifyContent: 'center',
  boxSizing: 'border-box',
  width: '100%',
  height: '100%',
  borderRadius: RADIUS.control,
} as const
