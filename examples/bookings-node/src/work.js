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
      // One piece of work brings another: a payment that came in is written to whoever booked.
      for (let due = this.#due(kept); due; due = this.#due(kept)) await this.#one(council, due)
    }
  }

  #due(kept) {
    const now = this.#store.now().getTime()
    return [...kept.tasks.values()].find((each) => each.next <= now)
  }

  async #one(council, task) {
    try {
      await DO[task.kind]({
        banksia: this.#banksia,
        store: this.#store,
        council,
        task,
        kept: this.#store.of(council.url),
      })
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

  /** Nobody paid in time: payments closes it first, so that nobody can pay what was given up. */
  async #giveUp(council, booking) {
    try {
      if (booking.payment_url && !(await closed(this.#banksia, this.#store, council, booking))) return
      expire(this.#store, council.url, booking)
    } catch (error) {
      this.#log(
        `${booking.number} is held until it is known whether it is paid: ${error.body?.cause ?? error.message}`,
      )
    }
  }
}

/** Whether nobody can pay this booking any more; if somebody has, that is taken over. */
async function closed(banksia, store, council, booking) {
  try {
    await banksia.cancel(council, booking.id, 'The booking was not paid in time or was cancelled')
    return true
  } catch (error) {
    if (!(error instanceof Refused)) throw error
    const money = await banksia.payment(council, booking.id)
    if (money.state === 'cancelled' || money.state === 'expired') return true
    takePayment(store, council.url, await banksia.settings(council), booking.id, money)
    return store.of(council.url).bookings.get(booking.id).paid_cents === 0
  }
}

const DO = {
  /** What payments knows of a booking is read and taken over. */
  async payment({ banksia, store, council, task }) {
    const settings = await banksia.settings(council)
    takePayment(
      store,
      council.url,
      settings,
      task.booking_id,
      await banksia.payment(council, task.booking_id),
    )
  },

  /** What shall go back, less what is on its way already: so a repeat, or staff who were quicker, give nothing twice. */
  async refund({ banksia, store, council, task, kept }) {
    const settings = await banksia.settings(council)
    let money = await banksia.payment(council, task.booking_id)
    const left = kept.bookings.get(task.booking_id).refund_cents - (money.paid_cents - money.refundable_cents)
    if (left > 0 && money.paid_at_counter)
      throw new Refused(
        409,
        'It was paid at the counter. Give it back there; this booking then follows by itself.',
      )
    if (left > 0) {
      const cents = Math.min(left, money.refundable_cents)
      if (cents === 0)
        throw new Refused(409, 'Nothing of this payment can be given back now. Look at the payment.')
      const wish = { cents, reason: task.reason, seen: money.refundable_cents }
      money = await banksia.refund(council, task.booking_id, wish)
    }
    takePayment(store, council.url, settings, task.booking_id, money)
  },

  /** A booking that was cancelled before it was paid shall not be paid any more. */
  async unpay({ banksia, store, council, task, kept }) {
    await closed(banksia, store, council, kept.bookings.get(task.booking_id))
  },

  async notice({ banksia, council, task, kept }) {
    const booking = kept.bookings.get(task.booking_id)
    // A reminder of what was cancelled meanwhile would only puzzle.
    if (task.about === 'reminder' && booking.state !== 'confirmed') return
    await banksia.notice(council, { ...writeNotice(task.about, booking), key: `notice-${task.id}` })
  },

  async reminder({ banksia, council, task }) {
    const data = { booking_id: task.booking_id }
    await banksia.remind(council, { at: task.at, data, key: `reminder-${task.id}` })
  },

  async emit({ banksia, council, task }) {
    await banksia.emit(council, { name: task.name, payload: task.payload, key: `event-${task.id}` })
  },
}

/** Raise the payment of a booking, once, and answer where it is paid: by who booked, who comes back to us, or at the counter. */
export async function payPage({ banksia, store, council, settings, booking }) {
  if (booking.payment_url) return { url: booking.payment_url, staff_url: booking.staff_url }
  const wanted = { line: lineOf(booking), gl_code: settings.gl_code }
  const { payer_url: url, staff_url: staffUrl } = await banksia.raise(council, booking, wanted)
  store.keep(council.url, [['booking_changed', { id: booking.id, payment_url: url, staff_url: staffUrl }]])
  return { url, staff_url: staffUrl }
}
