// A page belongs to one council: dates and times are told as its counter's clock shows them, wherever the reader is.
let councilZone = 'Australia/Sydney'

/** From now on tell dates and times by this clock, a name of the IANA database. */
export function tellTimesIn(zone: string): void {
  councilZone = zone
}

/** A date `2026-11-25`, a moment `2026-11-25T01:00:00Z`, or a Date. */
export type When = string | Date

const part = (options: Intl.DateTimeFormatOptions, timeZone = councilZone) =>
  new Intl.DateTimeFormat('en-AU', { timeZone, ...options })

const ISO_DATE = /^(\d{4})-(\d\d)-(\d\d)$/

/** The day on the council's calendar, as `2026-11-25`. */
export function dayOf(when: When): string {
  if (typeof when === 'string' && ISO_DATE.test(when)) return when
  const parts = part({ year: 'numeric', month: '2-digit', day: '2-digit' }).formatToParts(new Date(when))
  const value = (type: string) => parts.find((each) => each.type === type)?.value ?? ''
  return `${value('year')}-${value('month')}-${value('day')}`
}

function say(when: When, options: Intl.DateTimeFormatOptions): string {
  // Noon, so that no zone's change of clocks can move the day.
  const noon = new Date(`${dayOf(when)}T12:00:00Z`)
  return part(options, 'UTC')
    .formatToParts(noon)
    .filter(({ type }) => type !== 'literal')
    .map(({ value }) => value)
    .join(' ')
}

/** `Wed 25 Nov`, with the year when it is not this one. */
export function formatDay(when: When, now: When = new Date()): string {
  const sameYear = dayOf(when).slice(0, 4) === dayOf(now).slice(0, 4)
  return say(when, {
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    ...(sameYear ? {} : { year: 'numeric' }),
  })
}

/** `1 Nov 2026`: for columns and details, where the year is always said. */
export function formatDate(when: When): string {
  return say(when, { day: 'numeric', month: 'short', year: 'numeric' })
}

/** `12 March 2018`: for sentences. */
export function formatLongDate(when: When): string {
  return say(when, { day: 'numeric', month: 'long', year: 'numeric' })
}

/** `3 pm`, `10:42 am`. Takes a moment, or a time of day such as `15:00`. */
export function formatTime(when: When): string {
  const clock = typeof when === 'string' ? /^(\d\d?):(\d\d)(?::\d\d(?:\.\d+)?)?$/.exec(when) : null
  const [hour, minute] = clock ? [Number(clock[1]), Number(clock[2])] : clockOf(new Date(when))
  const half = hour < 12 ? 'am' : 'pm'
  const told = hour % 12 === 0 ? 12 : hour % 12
  return minute === 0 ? `${told} ${half}` : `${told}:${String(minute).padStart(2, '0')} ${half}`
}

function clockOf(moment: Date): [number, number] {
  const [hour, minute] = part({ hour: '2-digit', minute: '2-digit', hourCycle: 'h23' })
    .format(moment)
    .split(':')
  return [Number(hour), Number(minute)]
}

/** `Wed 18 Nov, 10:12 am`. */
export function formatDayAndTime(when: When, now: When = new Date()): string {
  return `${formatDay(when, now)}, ${formatTime(when)}`
}
