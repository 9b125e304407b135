// Booking a hall, having it paid, cancelling it. Every step is kept together with the work that follows from it.
import { randomUUID } from 'node:crypto'
import { addDays, dayInWords, minutesOf, momentOf, money, timeInWords, wallClock } from './clock.js'
import { hallOf } from './halls.js'
import { conflict, invalid, notFound, Problem } from './problem.js'
import * as read from './reading.js'
import { feeOf, holdsTime, inTheWay, problemsOfTime, refundOf } from './rules.js'
import { task } from './store.js'

/** Staff write a booking down for somebody who pays later, at the counter or by a link: it is held this long. */
const STAFF_HOLD_DAYS = 7

/** Today and now on the clock in the hall. */
export function clockOf(store, settings) {
  const { day, time } = wallClock(settings.time_zone, store.now())
  return { today: day, now: time }
}

/** What a time costs, and what is wrong with it: `{ fee_cents, problems, taken }`. */
export function quote(store, council, settings, body) {
  const kept = store.of(council)
  const hall = hallOf(kept, body.hall_id)
  const wanted = { day: body.day, from: body.from, to: body.to, community: body.community === true }
  const problems = problemsOfTime(hall, wanted, {
    ...clockOf(store, settings),
    aheadDays: settings.ahead_days,
  })
  const taken = problems.length === 0 && inTheWay(kept.takenOn(hall.id, wanted.day), wanted) !== null
  return { fee_cents: problems.length === 0 ? feeOf(hall, wanted) : 0, problems, taken }
}

/** Book a time. The same key from the same person is the same booking, however often it is sent. */
export function makeBooking(store, council, settings, { body, person, key, staff = false }) {
  const kept = store.of(council)
  const known = key ? kept.keys.get(`${person.id} ${key}`) : undefined
  if (known) return kept.bookings.get(known)
  const hall = hallOf(kept, body.hall_id)
  const clock = clockOf(store, settings)
  const booking = readBooking(hall, body, { ...clock, aheadDays: staff ? null : settings.ahead_days })
  const taken = inTheWay(kept.takenOn(hall.id, booking.day), booking)
  if (taken)
    throw conflict(
      'time-taken',
      'This time was just taken',
      `${hall.name} is taken on ${dayInWords(booking.day)} from ${timeInWords(taken.from)} to ${timeInWords(taken.to)}. Choose another time.`,
    )
  const made = {
    ...booking,
    id: randomUUID(),
    number: `HB-${clock.today.slice(0, 4)}-${String(kept.last + 1).padStart(5, '0')}`,
    hall_id: hall.id,
    hall_name: hall.name,
    property_id: hall.property_id,
    address: hall.address,
    customer_id: staff ? null : person.id,
    made_by: person.name,
    by_staff: staff,
    fee_cents: feeOf(hall, booking),
    paid_cents: 0,
    refunded_cents: 0,
    state: 'held',
    what: staff ? `Written down by ${person.name}` : 'Booked online',
  }
  made.hold_until = holdUntil(store, settings, made)
  store.keep(council, [
    ['booked', { booking: made, key: key ? `${person.id} ${key}` : null }],
    task('emit', { name: 'bookings.booking_made', payload: announced(made) }),
    ...(made.fee_cents === 0 ? confirmed(store, settings, made, 'Confirmed: there is no fee') : []),
  ])
  return kept.bookings.get(made.id)
}

function readBooking(hall, body, clock) {
  const booking = { day: body.day, from: body.from, to: body.to, community: body.community === true }
  const fields = problemsOfTime(hall, booking, clock)
  booking.purpose = read.line(body, 'purpose', fields, { most: 200, message: 'Say what the hall is for.' })
  booking.people = read.whole(body, 'people', fields, {
    least: 1,
    most: 20_000,
    message: 'Enter how many people come.',
  })
  if (booking.people > hall.capacity)
    fields.push({ field: 'people', message: `${hall.name} holds ${hall.capacity} people at most.` })
  booking.contact_name = read.line(body, 'contact_name', fields, { most: 120, message: 'Enter a name.' })
  booking.contact_email = read.email(body, 'contact_email', fields)
  booking.contact_phone = read.text(body, 'contact_phone', fields, { most: 40 })
  if (fields.length > 0) throw invalid(fields)
  return booking
}

/** Until when the time is kept for who has not paid yet; never past its beginning. */
function holdUntil(store, settings, booking) {
  const held = booking.by_staff ? STAFF_HOLD_DAYS * 24 * 60 : settings.hold_minutes
  const until = store.now().getTime() + held * 60_000
  return new Date(
    Math.min(until, momentOf(booking.day, booking.from, settings.time_zone).getTime()),
  ).toISOString()
}

export function bookingOf(kept, id) {
  const booking = kept.bookings.get(id)
  if (!booking) throw notFound('Booking')
  return booking
}

/** The booking of this customer; another's is not there. */
export function ownBooking(kept, id, person) {
  const booking = bookingOf(kept, id)
  if (booking.customer_id !== person.id) throw notFound('Booking')
  return booking
}

/** Refuses a payment page for what is not to be paid. */
export function checkPayable(store, booking) {
  if (booking.state === 'confirmed')
    throw conflict(
      'already-paid',
      'This booking is paid',
      'Nothing more is to be paid. Its receipt is in your mail.',
    )
  if (booking.state !== 'held' || booking.hold_until <= store.now().toISOString())
    throw conflict(
      'not-held',
      'This time is no longer kept for you',
      'Book the hall again; nothing was charged.',
    )
}

/** Cancel a booking: what is given back is decided here, by the rules of the day, and sent by a task. */
export function cancelBooking(
  store,
  council,
  settings,
  booking,
  { person, reason, seenCents, byCouncil = false },
) {
  if (!holdsTime(booking))
    throw conflict(
      'not-held',
      'This booking has ended',
      'It was cancelled before, or its time was given up. Nothing was changed.',
    )
  const { today, now } = clockOf(store, settings)
  if (booking.day < today || (booking.day === today && booking.from <= now))
    throw conflict('already-begun', 'This booking has begun', 'A booking that has begun cannot be cancelled.')
  const refund = refundOf(booking, settings, today, { byCouncil })
  // Whoever cancels saw a sum; a different one is asked about again, never slipped in.
  if (seenCents !== refund.cents)
    throw conflict('refund-changed', 'The refund is different now', 'Check the new sum and cancel again.', {
      refund,
    })
  const what = `Cancelled by ${person.name}${reason ? `: ${reason}` : ''}`
  const cents = refund.cents
  store.keep(council, [
    [
      'booking_changed',
      { id: booking.id, state: 'cancelled', cancel_reason: reason, refund_cents: cents, what },
    ],
    ...(cents > 0 ? [task('refund', { booking_id: booking.id, reason: reason || 'Booking cancelled' })] : []),
    ...(booking.payment_url && booking.paid_cents === 0 ? [task('unpay', { booking_id: booking.id })] : []),
    task('notice', { booking_id: booking.id, about: 'cancelled' }),
    task('emit', {
      name: 'bookings.booking_cancelled',
      payload: { booking_id: booking.id, hall_id: booking.hall_id, refund_cents: refund.cents },
    }),
  ])
  return store.of(council).bookings.get(booking.id)
}

/** What payments says of a booking, taken over; the same answer twice changes nothing. Answers whether it did. */
export function takePayment(
  store,
  council,
  settings,
  id,
  { paid_cents: paid, refunded_cents: refunded, refundable_cents: left },
) {
  const kept = store.of(council)
  const booking = kept.bookings.get(id)
  const changes = []
  if (booking.paid_cents !== paid || booking.refunded_cents !== refunded) {
    const back = refunded - booking.refunded_cents
    const what = back > 0 ? `Refunded ${money(back)}` : undefined
    changes.push(['booking_changed', { id, paid_cents: paid, refunded_cents: refunded, what }])
  }
  const owed = booking.fee_cents - paid
  const held = booking.state === 'held'
  if (owed <= 0 && held) changes.push(...confirmed(store, settings, booking, `Paid ${money(paid)}`))
  if (owed <= 0 && hasEnded(booking) && !booking.refund_cents && booking.paid_cents !== paid)
    changes.push(...paidLate(store, council, settings, booking, paid))
  if (owed > 0 && booking.state === 'confirmed') changes.push(...owedAgain(store, settings, booking))
  // Staff gave it back themselves: there is nothing left to do.
  for (const each of kept.tasks.values()) {
    const done =
      each.kind === 'refund' && each.booking_id === id && paid - left >= (booking.refund_cents ?? 0)
    if (done && each.attempts > 0) changes.push(['task_done', { id: each.id }])
  }
  if (changes.length === 0) return false
  store.keep(council, changes)
  return true
}

const hasEnded = ({ state }) => state === 'expired' || state === 'cancelled'

/** Paid after the time was given up: theirs if nobody else took it, else the money goes back in full. */
function paidLate(store, council, settings, booking, paid) {
  const taken = inTheWay(store.of(council).takenOn(booking.hall_id, booking.day, booking.id), booking)
  const begun = momentOf(booking.day, booking.from, settings.time_zone) <= store.now()
  if (booking.state === 'expired' && !taken && !begun)
    return confirmed(store, settings, booking, `Paid ${money(paid)}, late; the time was still free`)
  const what = 'Paid after the time was given up: refunded in full'
  return [
    [
      'booking_changed',
      { id: booking.id, state: 'cancelled', cancel_reason: what, refund_cents: paid, what },
    ],
    task('refund', { booking_id: booking.id, reason: 'Paid after the time was given up' }),
    task('notice', { booking_id: booking.id, about: 'paid_late' }),
  ]
}

/** A cheque came back: the time is kept while the council sorts it out with the customer. */
function owedAgain(store, settings, booking) {
  const what = 'What was paid came back: it is owed again'
  return [
    [
      'booking_changed',
      {
        id: booking.id,
        state: 'held',
        hold_until: holdUntil(store, settings, { ...booking, by_staff: true }),
        what,
      },
    ],
  ]
}

function confirmed(store, settings, booking, what) {
  return [
    ['booking_changed', { id: booking.id, state: 'confirmed', what }],
    task('notice', { booking_id: booking.id, about: 'confirmed' }),
    ...reminder(store, settings, booking),
  ]
}

function reminder(store, settings, booking) {
  if (settings.reminder_days === 0) return []
  const at = momentOf(addDays(booking.day, -settings.reminder_days), '09:00', settings.time_zone)
  return at > store.now() ? [task('reminder', { booking_id: booking.id, at: at.toISOString() })] : []
}

/** The bookings whose time was kept long enough for who has not paid. */
export function heldTooLong(store, council) {
  const now = store.now().toISOString()
  return [...store.of(council).bookings.values()].filter(
    (each) => each.state === 'held' && each.hold_until <= now,
  )
}

export function expire(store, council, booking) {
  store.keep(council, [
    ['booking_changed', { id: booking.id, state: 'expired', what: 'Not paid in time: given up' }],
  ])
}

/** What others hear of a booking: nothing about the person. */
function announced(booking) {
  return {
    booking_id: booking.id,
    hall_id: booking.hall_id,
    property_id: booking.property_id,
    starts: `${booking.day}T${booking.from}`,
    ends: `${booking.day}T${booking.to}`,
  }
}

/** The line on the receipt. */
export function lineOf(booking) {
  const hours = (minutesOf(booking.to) - minutesOf(booking.from)) / 60
  const when = `${dayInWords(booking.day)}, ${timeInWords(booking.from)} to ${timeInWords(booking.to)}`
  return `${booking.hall_name}, ${when} (${hours} ${hours === 1 ? 'hour' : 'hours'})`
}

/** Refuses what nobody may read. */
export function refuse(permission) {
  return new Problem(403, 'not-allowed', 'You may not do this', `Ask an administrator for “${permission}”.`)
}
