/** A lot in a lineage. */
export interface LineageLot {
  id: string
  /** `Lot 13 DP 1242624`. */
  title: string
  /** `1,012 m²`. */
  detail?: string
  href?: string
  state: 'proposed' | 'current' | 'historic'
  /** Of the property that the page is of. */
  own: boolean
}

/** Lots that became others. */
export interface LineageEvent {
  id: string
  /** `Boundary adjustment`. */
  title: string
  /** `12 March 2018, DP 1242624`. */
  detail?: string
  parents: readonly string[]
  children: readonly string[]
}

export interface Lineage {
  lots: readonly LineageLot[]
  events: readonly LineageEvent[]
}

/** Something placed in the graph: a lot, an event, or how many lots of an event are not drawn. */
export interface Placed {
  key: string
  kind: 'lot' | 'event' | 'more'
  lot?: LineageLot
  event?: LineageEvent
  more?: number
  column: number
  /** From the top, in rows; halves where something stands between two others. */
  row: number
}

export interface Line {
  from: Placed
  to: Placed
}

export interface LineageLayout {
  columns: number
  rows: number
  placed: Placed[]
  lines: Line[]
}

/** How many lots of one side of an event are drawn; more are told by their number. */
export const DRAWN_A_SIDE = 6

/** Lots and events in columns from the oldest to the newest. What goes round in circles is drawn once and cut. */
export function layOut({ lots, events }: Lineage): LineageLayout {
  const columns = columnsOf(events)
  const byId = new Map(lots.map((lot) => [lot.id, lot]))
  const placed = new Map<string, Placed>()
  const lines: Line[] = []
  const ordered = [...events].sort((a, b) => (columns.get(a.id) ?? 0) - (columns.get(b.id) ?? 0))
  for (const event of ordered) {
    const column = columns.get(event.id) ?? 1
    const at: Placed = { key: event.id, kind: 'event', event, column, row: 0 }
    placed.set(event.id, at)
    for (const side of ['parents', 'children'] as const) {
      const { shown, more } = sideOf(event, side, byId, placed)
      const beside = shown.map((lot) => {
        const there = placed.get(lot.id)
        const made: Placed = there ?? {
          key: lot.id,
          kind: 'lot',
          lot,
          column: column + (side === 'parents' ? -1 : 1),
          row: 0,
        }
        placed.set(lot.id, made)
        return made
      })
      if (more > 0) {
        const rest: Placed = {
          key: `${event.id} ${side}`,
          kind: 'more',
          more,
          column: column + (side === 'parents' ? -1 : 1),
          row: 0,
        }
        placed.set(rest.key, rest)
        beside.push(rest)
      }
      for (const one of beside) lines.push(side === 'parents' ? { from: one, to: at } : { from: at, to: one })
    }
  }
  return arranged([...placed.values()], lines)
}

/** An event stands one column after its parents; a lot that is nobody's child begins at the left of what it became. */
function columnsOf(events: readonly LineageEvent[]): Map<string, number> {
  const madeBy = new Map<string, LineageEvent[]>()
  for (const event of events)
    for (const child of event.children) madeBy.set(child, [...(madeBy.get(child) ?? []), event])
  const columns = new Map<string, number>()
  const columnOf = (event: LineageEvent, path: ReadonlySet<string>): number => {
    const known = columns.get(event.id)
    if (known !== undefined) return known
    if (path.has(event.id)) return 1
    const before = event.parents.flatMap((parent) => madeBy.get(parent) ?? [])
    const on = new Set(path).add(event.id)
    const column = 1 + Math.max(0, ...before.map((each) => columnOf(each, on) + 1))
    columns.set(event.id, column)
    return column
  }
  for (const event of events) columnOf(event, new Set())
  return columns
}

function sideOf(
  event: LineageEvent,
  side: 'parents' | 'children',
  byId: ReadonlyMap<string, LineageLot>,
  placed: ReadonlyMap<string, Placed>,
): { shown: LineageLot[]; more: number } {
  const all = event[side].flatMap((id) => byId.get(id) ?? [])
  if (all.length <= DRAWN_A_SIDE) return { shown: all, more: 0 }
  // The page's own lots and those that other events need are drawn first.
  const first = all.filter((lot) => lot.own || placed.has(lot.id))
  const shown = new Set([...first, ...all].slice(0, Math.max(DRAWN_A_SIDE - 1, first.length)))
  return { shown: all.filter((lot) => shown.has(lot)), more: all.length - shown.size }
}

function arranged(placed: Placed[], lines: Line[]): LineageLayout {
  const columns = Math.max(0, ...placed.map(({ column }) => column + 1))
  const stacks = Array.from({ length: columns }, (_, column) =>
    placed.filter((each) => each.column === column),
  )
  const rows = Math.max(0, ...stacks.map(({ length }) => length))
  for (const stack of stacks) {
    const top = (rows - stack.length) / 2
    stack.forEach((each, index) => (each.row = top + index))
  }
  return { columns, rows, placed, lines }
}
