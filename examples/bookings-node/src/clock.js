// Times of a hall are the clock on its wall: `2026-12-05` and `18:00` in the council's time zone.
export { clock as timeInWords } from '../pages/words.js'

/** What the wall clock shows at a moment: `{ day, time }`. */
export function wallClock(timeZone, at = new Date()) {
  const parts = Object.fromEntries(
    new Intl.DateTimeFormat('en-CA', {
      timeZone,
      hourCycle: 'h23',
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
    })
      .formatToParts(at)
      .map(({ type, value }) => [type, value]),
  )
  return { day: `${parts.year}-${parts.month}-${parts.day}`, time: `${parts.hour}:${parts.minute}` }
}

/** The moment at which the wall clock shows this. In the hour that summer time skips, the moment after it. */
export function momentOf(day, time, timeZone) {
  const wanted = Date.parse(`${day}T${time}:00Z`)
  let guess = wanted
  for (let round = 0; round < 2; round += 1) {
    const shown = wallClock(timeZone, new Date(guess))
    guess += wanted - Date.parse(`${shown.day}T${shown.time}:00Z`)
  }
  return new Date(guess)
}

/** A day so many days later. */
export function addDays(day, count) {
  return new Date(Date.parse(`${day}T00:00:00Z`) + count * 86_400_000).toISOString().slice(0, 10)
}

/** Whole days from one day to another. */
export function daysBetween(from, to) {
  return Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / 86_400_000)
}

/** Minutes since midnight; `24:00` is the end of a day. */
export function minutesOf(time) {
  const [hours, minutes] = time.split(':').map(Number)
  return hours * 60 + minutes
}

export function isDay(text) {
  return (
    typeof text === 'string' &&
    /^\d{4}-\d\d-\d\d$/.test(text) &&
    !Number.isNaN(Date.parse(`${text}T00:00:00Z`)) &&
    new Date(`${text}T00:00:00Z`).toISOString().startsWith(text)
  )
}

export function isTime(text) {
  return typeof text === 'string' && /^([01]\d|2[0-3]):(00|15|30|45)$|^24:00$/.test(text)
}

export function isTimeZone(text) {
  try {
    new Intl.DateTimeFormat('en-AU', { timeZone: text })
    return true
  } catch {
    return false
  }
}

const DAY = new Intl.DateTimeFormat('en-AU', {
  weekday: 'short',
  day: 'numeric',
  month: 'short',
  year: 'numeric',
  timeZone: 'UTC',
})

/** `Sat 5 Dec 2026`. */
export function dayInWords(day) {
  return DAY.format(new Date(`${day}T00:00:00Z`)).replaceAll(',', '')
}

/** `$174.00`. */
export function money(cents) {
  return `$${(cents / 100).toLocaleString('en-AU', { minimumFractionDigits: 2, maximumFractionDigits: 2 })}`
}
