// The rules of letting a hall: what is free, what it costs, what a cancellation gives back. Nothing here keeps anything.
import { daysBetween, isDay, isTime, minutesOf } from './clock.js'

export const DEFAULTS = {
  time_zone: 'Australia/Sydney',
  hold_minutes: 30,
  ahead_days: 365,
  full_refund_days: 14,
  part_refund_days: 3,
  part_refund_percent: 50,
  reminder_days: 2,
  gl_code: 'HALL-HIRE',
}
export const MOST_CENTS = 10_000_000

/** Bookings that hold their time: those that are paid, and those still being paid. */
export const holdsTime = (booking) => booking.state === 'held' || booking.state === 'confirmed'

/** Whether two stretches of one day share a minute; one that ends as the other begins does not. */
export const overlap = (a, b) => minutesOf(a.from) < minutesOf(b.to) && minutesOf(b.from) < minutesOf(a.to)

/** What stands in the way of this time, or null. */
export function inTheWay(taken, wanted) {
  return taken.find((each) => overlap(each, wanted)) ?? null
}

/** The stretches of a day that are free, of at least the hall's shortest booking. */
export function freeTimes(hall, taken) {
  const free = []
  let from = hall.opens
  const sorted = [...taken].sort((a, b) => minutesOf(a.from) - minutesOf(b.from))
  for (const each of [...sorted, { from: hall.closes, to: hall.closes }]) {
    if (minutesOf(each.from) - minutesOf(from) >= hall.least_minutes) free.push({ from, to: each.from })
    if (minutesOf(each.to) > minutesOf(from)) from = each.to
  }
  return free
}

/** The fee: by the hour, the community's rate where the hall has one, never above the day's. */
export function feeOf(hall, { from, to, community }) {
  const hourly = community ? hall.community_hourly_cents : hall.hourly_cents
  const byTheHour = Math.round((hourly * (minutesOf(to) - minutesOf(from))) / 60)
  return hall.daily_cents === null || community ? byTheHour : Math.min(byTheHour, hall.daily_cents)
}

/** What a cancellation today gives back, and why: `{ cents, reason }`. */
export function refundOf(booking, settings, today, { byCouncil = false } = {}) {
  const paid = booking.paid_cents - booking.refunded_cents
  if (paid <= 0) return { cents: 0, reason: 'Nothing was paid.' }
  if (byCouncil) return { cents: paid, reason: 'The council cancels: the whole fee is refunded.' }
  const days = daysBetween(today, booking.day)
  const { full_refund_days: full, part_refund_days: part, part_refund_percent: percent } = settings
  if (days >= full)
    return { cents: paid, reason: `${inDays(full)} or more before: the whole fee is refunded.` }
  if (days >= part && percent > 0)
    return {
      cents: Math.round((paid * percent) / 100),
      reason: `Less than ${inDays(full)} before: ${percent}% of the fee is refunded.`,
    }
  return { cents: 0, reason: `Less than ${inDays(part)} before: the fee is not refunded.` }
}

const inDays = (count) => (count === 1 ? '1 day' : `${count} days`)

/** What is wrong with a wished time at a hall: `{ field, message }` each. */
export function problemsOfTime(hall, { day, from, to }, { today, now, aheadDays }) {
  if (!isDay(day)) return [{ field: 'day', message: 'Choose a day.' }]
  if (!isTime(from) || !isTime(to) || from === '24:00')
    return [{ field: 'from', message: 'Choose when the booking begins and ends, on a quarter of an hour.' }]
  const found = []
  if (day < today || (day === today && from <= now))
    found.push({ field: 'day', message: 'This time has passed. Choose a later one.' })
  if (aheadDays !== null && daysBetween(today, day) > aheadDays)
    found.push({ field: 'day', message: `Bookings open ${inDays(aheadDays)} ahead. Choose an earlier day.` })
  if (minutesOf(to) <= minutesOf(from))
    found.push({ field: 'to', message: 'The end is not after the beginning. Choose a later end.' })
  else if (minutesOf(to) - minutesOf(from) < hall.least_minutes)
    found.push({
      field: 'to',
      message: `The shortest booking of this hall is ${inHours(hall.least_minutes)}.`,
    })
  if (minutesOf(from) < minutesOf(hall.opens) || minutesOf(to) > minutesOf(hall.closes))
    found.push({ field: 'from', message: `This hall is let from ${hall.opens} to ${hall.closes}.` })
  return found
}

export function inHours(minutes) {
  const hours = minutes / 60
  return hours === 1 ? '1 hour' : `${hours} hours`
}
