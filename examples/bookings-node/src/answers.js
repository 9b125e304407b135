// What is answered about halls and bookings: each field by name, so that nothing kept is told by accident.
import { refundOf } from './rules.js'

export function hallAnswer(hall) {
  const { id, name, description, facilities, property_id, address, capacity, opens, closes, is_let } = hall
  const { least_minutes, hourly_cents, community_hourly_cents, daily_cents } = hall
  const fees = { least_minutes, hourly_cents, community_hourly_cents, daily_cents }
  return { id, name, description, facilities, property_id, address, capacity, opens, closes, is_let, ...fees }
}

const TOLD = [
  ...[
    'id',
    'number',
    'hall_id',
    'hall_name',
    'property_id',
    'address',
    'day',
    'from',
    'to',
    'purpose',
    'people',
  ],
  ...['community', 'contact_name', 'contact_email', 'contact_phone'],
  ...['fee_cents', 'paid_cents', 'refunded_cents', 'state', 'hold_until'],
]

/** A booking for whoever made it. */
export function bookingAnswer(booking, { settings, clock }) {
  const { day, from, state } = booking
  const isAhead = day > clock.today || (day === clock.today && from > clock.now)
  const cancellable = isAhead && (state === 'held' || state === 'confirmed')
  return {
    ...Object.fromEntries(TOLD.map((name) => [name, booking[name]])),
    made_at: booking.made_at,
    cancel_reason: booking.cancel_reason ?? '',
    refund_cents: booking.refund_cents ?? 0,
    is_over: !isAhead,
    cancel: cancellable ? refundOf(booking, settings, clock.today) : null,
  }
}

/** The same for staff: who did what when, and what has not reached the council's website yet. */
export function staffAnswer(booking, { settings, clock, kept }) {
  const waiting = [...kept.tasks.values()].filter((each) => each.booking_id === booking.id && each.error)
  const answer = bookingAnswer(booking, { settings, clock })
  return {
    ...answer,
    made_by: booking.made_by,
    by_staff: booking.by_staff,
    cancel_by_council: answer.cancel && refundOf(booking, settings, clock.today, { byCouncil: true }),
    staff_url: booking.staff_url ? pathOf(booking.staff_url) : null,
    history: booking.history,
    waiting: waiting.map(({ kind, error }) => ({ kind, error })),
  }
}

function pathOf(url) {
  const { pathname, search } = new URL(url)
  return `${pathname}${search}`
}
