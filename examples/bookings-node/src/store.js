// What one council has: its halls, bookings and closures, the work that is still to do, and the keys already used.
// All of it is made from the journal; every method that changes something keeps the change before it answers.
import { randomUUID } from 'node:crypto'
import { Journal } from './journal.js'
import { holdsTime } from './rules.js'

export class Store {
  #journal
  #councils = new Map()

  constructor(folder, now = () => new Date()) {
    this.now = now
    this.#journal = new Journal(folder, (line) => this.#apply(line))
  }

  /** What a council has, empty at first. */
  of(council) {
    if (!this.#councils.has(council)) this.#councils.set(council, new Council())
    return this.#councils.get(council)
  }

  councils() {
    return [...this.#councils.entries()]
  }

  /** Keep changes of one council together, then show them. Each is `[name, values]`. */
  keep(council, changes) {
    const line = { council, at: this.now().toISOString(), changes }
    this.#journal.append(line)
    this.#apply(line)
  }

  close() {
    this.#journal.close()
  }

  #apply({ council, at, changes }) {
    const kept = this.of(council)
    for (const [name, values] of changes) CHANGES[name](kept, values, at)
  }
}

class Council {
  halls = new Map()
  bookings = new Map()
  closures = new Map()
  /** Work to do, by id: what must reach Banksia and has not yet. */
  tasks = new Map()
  /** Ids of events that were heard. */
  heard = new Set()
  /** What was answered to a key: the id of the booking. */
  keys = new Map()
  last = 0
  #byDay = new Map()

  place(booking) {
    this.bookings.set(booking.id, booking)
    const key = `${booking.hall_id} ${booking.day}`
    if (!this.#byDay.has(key)) this.#byDay.set(key, new Set())
    this.#byDay.get(key).add(booking.id)
  }

  bookingsOn(hallId, day) {
    return [...(this.#byDay.get(`${hallId} ${day}`) ?? [])].map((id) => this.bookings.get(id))
  }

  /** Bookings and closures that take time of a hall on a day. */
  takenOn(hallId, day, except) {
    const bookings = this.bookingsOn(hallId, day).filter((each) => holdsTime(each) && each.id !== except)
    const closures = [...this.closures.values()].filter((each) => each.hall_id === hallId && each.day === day)
    return [...bookings, ...closures]
  }
}

const CHANGES = {
  hall_saved: (kept, hall) => kept.halls.set(hall.id, hall),
  closed: (kept, closure) => kept.closures.set(closure.id, closure),
  opened: (kept, { id }) => kept.closures.delete(id),
  booked(kept, { booking, key }, at) {
    const sequence = Number(booking.number.slice(booking.number.lastIndexOf('-') + 1))
    kept.last = Math.max(kept.last, sequence)
    kept.place({ ...booking, made_at: at, history: [{ at, what: booking.what }] })
    if (key) kept.keys.set(key, booking.id)
  },
  booking_changed(kept, { id, what, ...changed }, at) {
    const booking = kept.bookings.get(id)
    const history = what ? [...booking.history, { at, what }] : booking.history
    kept.place({ ...booking, ...changed, history })
  },
  task_added: (kept, task) => kept.tasks.set(task.id, { attempts: 0, next: 0, ...task }),
  task_failed(kept, { id, attempts, next, error }) {
    const task = kept.tasks.get(id)
    if (task) kept.tasks.set(id, { ...task, attempts, next, error })
  },
  task_done: (kept, { id }) => kept.tasks.delete(id),
  event_heard: (kept, { id }) => kept.heard.add(id),
}

/** A piece of work that must reach Banksia: it is done at least once, and its id is the key under which twice is once. */
export function task(kind, values) {
  return ['task_added', { id: randomUUID(), kind, ...values }]
}
