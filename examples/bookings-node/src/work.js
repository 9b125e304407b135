// What must reach Banksia does, once in effect: each task is kept until it is done, and carries the key that makes
// the second time the same as the first. It goes on after `kill -9` where it stopped.
import { expire, heldTooLong, lineOf, takePayment } from './bookings.js'
import { Refused } from './banksia.js'
import { writeNotice } from './notices.js'

const SWEEP_MS = 15_000
const SLOWEST_MS = 60 * 60_000

export class Work {
  #store
  #councils
  #banksia
  #log
  #running = null
  #again = false
  #timer

  constructor({ store, councils, banksia, log }) {
    this.#store = store
    this.#councils = councils
    this.#banksia = banksia
    this.#log = log
  }

  start() {
    this.#timer = setInterval(() => void this.run(), SWEEP_MS)
    this.#timer.unref()
    void this.run()
  }

  stop() {
    clearInterval(this.#timer)
    return this.#running
  }

  /** Do what is due, one after the other; a call while it runs makes it look once more. */
  run() {
    if (this.#running) {
      this.#again = true
      return this.#running
    }
    this.#running = this.#all().finally(() => {
      this.#running = null
      if (this.#again) {
        this.#again = false
        void this.run()
      }
    })
    return this.#running
  }

  async #all() {
    for (const [url, kept] of this.#store.councils()) {
      const council = this.#councils.at(url)
      if (!council) continue
      for (const booking of heldTooLong(this.#store, url)) await this.#giveUp(council, booking)
      for (const each of [...kept.tasks.values()]) {
        if (each.next > this.#store.now().getTime()) continue
        await this.#one(council, each)
      }
    }
  }

  async #one(council, task) {
    try {
      await DO[task.kind]({ banksia: this.#banksia, store: this.#store, council, task, kept: this.#store.of(council.url) })
      this.#store.keep(council.url, [['task_done', { id: task.id }]])
    } catch (error) {
      this.#failed(council, task, error)
    }
  }

  #failed(council, task, error) {
    const why = error.body?.cause ?? error.message
    this.#log(`${task.kind} ${task.id}: ${why}`)
    // Refused for good is shown to staff beside the booking; it is tried again seldom, in case somebody mended it.
    const attempts = task.attempts + 1
    const wait = error instanceof Refused ? SLOWEST_MS : Math.min(1000 * 2 ** task.attempts, SLOWEST_MS)
    const next = this.#store.now().getTime() + wait
    this.#store.keep(council.url, [['task_failed', { id: task.id, attempts, next, error: why }]])
    setTimeout(() => void this.run(), wait).unref()
  }

  /** Nobody paid in time; but payments knows best. */
  async #giveUp(council, booking) {
    try {
      const settings = await this.#banksia.settings(council)
      if (booking.payment_id) {
        const money = await this.#banksia.payment(council, booking.payment_id)
        takePayment(this.#store, council.url, settings, booking, money)
      }
      const now = this.#store.of(council.url).bookings.get(booking.id)
      if (now.state === 'held') expire(this.#store, council.url, now)
    } catch (error) {
      this.#log(`Booking ${booking.number} is held until it is known whether it is paid: ${error.message}`)
    }
  }
}

const DO = {
  /** What payments knows of a booking is read and taken over. */
  async payment({ banksia, store, council, task, kept }) {
    const booking = kept.bookings.get(task.booking_id)
    if (!booking?.payment_id) return
    const [settings, money] = [await banksia.settings(council), await banksia.payment(council, booking.payment_id)]
    takePayment(store, council.url, settings, kept.bookings.get(booking.id), money)
  },

  async refund({ banksia, store, council, task, kept }) {
    const booking = kept.bookings.get(task.booking_id)
    await banksia.refund(council, booking.payment_id, { cents: task.cents, reason: task.reason, key: `refund ${task.id}` })
    const settings = await banksia.settings(council)
    const money = await banksia.payment(council, booking.payment_id)
    takePayment(store, council.url, settings, kept.bookings.get(booking.id), money)
  },

  async notice({ banksia, council, task, kept }) {
    const booking = kept.bookings.get(task.booking_id)
    // A reminder of what was cancelled meanwhile would only puzzle.
    if (task.about === 'reminder' && booking.state !== 'confirmed') return
    await banksia.notice(council, { ...writeNotice(task.about, booking, council), key: `notice ${task.id}` })
  },

  async reminder({ banksia, council, task }) {
    const payload = { booking_id: task.booking_id }
    await banksia.remind(council, { at: task.at, payload, key: `reminder ${task.id}` })
  },

  async emit({ banksia, council, task }) {
    await banksia.emit(council, { name: task.name, payload: task.payload, key: `event ${task.id}` })
  },
}

/** Raise the payment of a booking, once, and answer the address of its page. */
export async function payPage({ banksia, store, council, booking }) {
  if (booking.payment_url) return booking.payment_url
  const { id, url } = await banksia.raise(council, booking, lineOf(booking))
  store.keep(council.url, [['booking_changed', { id: booking.id, payment_id: id, payment_url: url }]])
  return url
}
