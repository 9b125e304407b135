// Days, times and money as people read them.
const at = (day) => new Date(`${day}T00:00:00Z`)
const format = (options) => new Intl.DateTimeFormat('en-AU', { timeZone: 'UTC', ...options })
const SHORT = format({ weekday: 'short', day: 'numeric', month: 'short' })
const LONG = format({ weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' })
const MONTH = format({ month: 'long', year: 'numeric' })

/** `Sat 5 Dec`, with the year when it is not this one. */
export function shortDay(day, today) {
  const text = SHORT.format(at(day)).replaceAll(',', '')
  return today && day.slice(0, 4) !== today.slice(0, 4) ? `${text} ${day.slice(0, 4)}` : text
}
export const longDay = (day) => LONG.format(at(day)).replaceAll(',', '')
export const monthName = (month) => MONTH.format(at(`${month}-01`))

/** `6 pm`, `10:30 am`, `noon`, `midnight`. */
export function clock(time) {
  if (time === '24:00' || time === '00:00') return 'midnight'
  if (time === '12:00') return 'noon'
  const [hours, minutes] = time.split(':').map(Number)
  const shown =
    minutes === 0 ? `${hours % 12 || 12}` : `${hours % 12 || 12}:${String(minutes).padStart(2, '0')}`
  return `${shown} ${hours < 12 ? 'am' : 'pm'}`
}
export const stretch = ({ from, to }) => `${clock(from)} to ${clock(to)}`

export function money(cents) {
  return `$${(cents / 100).toLocaleString('en-AU', { minimumFractionDigits: 2, maximumFractionDigits: 2 })}`
}

/** `$45.00` or `45` as cents; null when it is no sum. */
export function centsOf(text) {
  const found = /^\$?\s*(\d{1,6})(?:\.(\d{1,2}))?$/.exec(text.trim())
  return found ? Number(found[1]) * 100 + Number((found[2] ?? '').padEnd(2, '0')) : null
}

/** `10:42 am` of a moment, on this machine's clock. */
export function momentTime(moment) {
  return new Date(moment).toLocaleTimeString('en-AU', { hour: 'numeric', minute: '2-digit' })
}
export function momentDay(moment) {
  return new Date(moment)
    .toLocaleDateString('en-AU', { weekday: 'short', day: 'numeric', month: 'short' })
    .replaceAll(',', '')
}

export const inMinutes = (time) => Number(time.slice(0, 2)) * 60 + Number(time.slice(3))
export const asTime = (minutes) =>
  `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`

export function addDays(day, count) {
  return new Date(at(day).getTime() + count * 86_400_000).toISOString().slice(0, 10)
}

/** The month before or after, `2026-12`. */
export function addMonths(month, count) {
  const moved = at(`${month}-01`)
  moved.setUTCMonth(moved.getUTCMonth() + count)
  return moved.toISOString().slice(0, 7)
}
export function daysIn(month) {
  return new Date(Date.UTC(Number(month.slice(0, 4)), Number(month.slice(5)), 0)).getUTCDate()
}
/** Monday is 0. */
export const weekdayOf = (day) => (at(day).getUTCDay() + 6) % 7

export const STATES = {
  confirmed: 'Paid',
  held: 'Awaiting payment',
  expired: 'Expired',
  cancelled: 'Cancelled',
}
