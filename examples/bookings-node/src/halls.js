// Halls, their fees, and when they are closed.
import { randomUUID } from 'node:crypto'
import { addDays, isDay, isTime, minutesOf } from './clock.js'
import { conflict, invalid, notFound } from './problem.js'
import { freeTimes, inTheWay, MOST_CENTS } from './rules.js'
import * as read from './reading.js'

const MOST_DAYS = 62
const SHORTEST = [15, 30, 60, 120, 180, 240]

/** What customers see: the halls that are let, by name. */
export function listHalls(kept, { all = false } = {}) {
  return [...kept.halls.values()]
    .filter((hall) => all || hall.is_let)
    .sort((a, b) => a.name.localeCompare(b.name, 'en-AU'))
}

export function hallOf(kept, id, { all = false } = {}) {
  const hall = kept.halls.get(id)
  if (!hall || (!hall.is_let && !all)) throw notFound('Hall')
  return hall
}

/** The free times of a hall on so many days: `{ day, free: [{ from, to }] }`, none on days gone by. */
export function freeDays(kept, hall, { from, count, today, now }) {
  const found = []
  for (let index = 0; index < count; index += 1) {
    const day = addDays(from, index)
    if (day < today) found.push({ day, past: true, free: [] })
    else {
      const gone = day === today && now > hall.opens ? [{ from: hall.opens, to: quarterAfter(now) }] : []
      found.push({ day, past: false, free: freeTimes(hall, [...kept.takenOn(hall.id, day), ...gone]) })
    }
  }
  return found
}

function quarterAfter(time) {
  const minutes = Math.min(Math.floor(minutesOf(time) / 15) * 15 + 15, 24 * 60)
  return `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`
}

/** What days were asked for; throws with what to do. */
export function daysAsked(query) {
  const [from, count] = [query.get('from'), Number(query.get('count') ?? 31)]
  if (!isDay(from)) throw invalid([{ field: 'from', message: 'Give the first day as 2026-12-05.' }])
  if (!Number.isInteger(count) || count < 1 || count > MOST_DAYS)
    throw invalid([{ field: 'count', message: `Ask for 1 to ${MOST_DAYS} days.` }])
  return { from, count }
}

/** Add a hall, or with an id change it. Bookings that were made keep the fee they were made with. */
export function saveHall(store, council, body, id = null) {
  const kept = store.of(council)
  if (id !== null) hallOf(kept, id, { all: true })
  const fields = []
  const hall = {
    id: id ?? randomUUID(),
    name: read.line(body, 'name', fields, { most: 120, message: 'Enter the name of the hall.' }),
    description: read.text(body, 'description', fields, { most: 2000 }),
    facilities: read.text(body, 'facilities', fields, { most: 500 }),
    property_id: read.id(body, 'property_id', fields),
    address: read.line(body, 'address', fields, { most: 300, message: 'Choose the property of the hall.' }),
    capacity: read.whole(body, 'capacity', fields, {
      least: 1,
      most: 20_000,
      message: 'Enter how many people fit.',
    }),
    opens: read.line(body, 'opens', fields, { most: 5 }),
    closes: read.line(body, 'closes', fields, { most: 5 }),
    least_minutes: read.whole(body, 'least_minutes', fields, { least: 15, most: 240 }),
    hourly_cents: read.whole(body, 'hourly_cents', fields, {
      most: MOST_CENTS,
      message: 'Enter the fee per hour.',
    }),
    community_hourly_cents: read.whole(body, 'community_hourly_cents', fields, {
      most: MOST_CENTS,
      message: 'Enter the fee per hour for community groups.',
    }),
    daily_cents:
      body.daily_cents === null ? null : read.whole(body, 'daily_cents', fields, { most: MOST_CENTS }),
    is_let: read.yes(body, 'is_let', fields),
  }
  if (!isTime(hall.opens) || !isTime(hall.closes) || minutesOf(hall.opens) >= minutesOf(hall.closes))
    fields.push({
      field: 'closes',
      message: 'The hall closes after it opens: 08:00 and 22:00, on a quarter of an hour.',
    })
  if (!SHORTEST.includes(hall.least_minutes))
    fields.push({ field: 'least_minutes', message: 'Choose the shortest booking from the list.' })
  if (fields.length > 0) throw invalid(fields)
  const same = [...kept.halls.values()].find((each) => each.name === hall.name && each.id !== hall.id)
  if (same) throw invalid([{ field: 'name', message: 'Another hall has this name. Choose a different one.' }])
  store.keep(council, [['hall_saved', hall]])
  return hall
}

/** Close a hall for part of a day, for works or an election; refused while somebody has booked it. */
export function closeHall(store, council, body) {
  const kept = store.of(council)
  const hall = hallOf(kept, body.hall_id, { all: true })
  const fields = []
  const reason = read.line(body, 'reason', fields, { most: 200, message: 'Say why the hall is closed.' })
  const { day, from, to } = body
  if (!isDay(day)) fields.push({ field: 'day', message: 'Choose a day.' })
  if (!isTime(from) || !isTime(to) || minutesOf(from) >= minutesOf(to))
    fields.push({ field: 'to', message: 'Choose an end after the beginning.' })
  if (fields.length > 0) throw invalid(fields)
  const blocking = inTheWay(kept.takenOn(hall.id, day), { from, to })
  if (blocking)
    throw conflict(
      'time-taken',
      'Something else is on at this time',
      blocking.number
        ? `${blocking.number} has ${hall.name} from ${blocking.from} to ${blocking.to}. Cancel it first or choose another time.`
        : `${hall.name} is closed already from ${blocking.from} to ${blocking.to}.`,
    )
  const closure = { id: randomUUID(), hall_id: hall.id, day, from, to, reason }
  store.keep(council, [['closed', closure]])
  return closure
}

export function openHall(store, council, id) {
  if (!store.of(council).closures.has(id)) throw notFound('Closure')
  store.keep(council, [['opened', { id }]])
}
