import { dayOf, formatDay, formatTime, type When } from './dates'

export interface DueFacts {
  /** The date it is due, `2026-11-25`. */
  dueOn: string
  /** Working days from today until then, as the server counts them: negative when late, 0 today. */
  workingDaysLeft: number
  /** A time of day on the due date, `15:00`. */
  dueTime?: string | null
  /** While the clock is stopped nothing is late. */
  stopped?: boolean
}

export type DueKind = 'late' | 'today' | 'ahead' | 'stopped'

export interface DueWords {
  kind: DueKind
  words: string
  date: string
}

const days = (count: number) => (count === 1 ? '1 day' : `${count} days`)

/** Never a bare date: how late, or how soon, and the date beside it. */
export function dueWords(facts: DueFacts, now: When = new Date()): DueWords {
  const date = formatDay(facts.dueOn, now)
  if (facts.stopped) return { kind: 'stopped', words: 'Clock stopped', date: `was ${date}` }
  const today = dayOf(now)
  if (facts.dueOn === today) {
    const time = facts.dueTime ? `, ${formatTime(facts.dueTime)}` : ''
    return { kind: 'today', words: `Due today${time}`, date }
  }
  // A due date in the past is late by at least a day, even over a weekend that counts no working day.
  if (facts.dueOn < today)
    return { kind: 'late', words: `${days(Math.max(1, -facts.workingDaysLeft))} late`, date }
  if (facts.dueOn === nextDay(today)) return { kind: 'ahead', words: 'Due tomorrow', date }
  return { kind: 'ahead', words: `In ${days(Math.max(1, facts.workingDaysLeft))}`, date }
}

function nextDay(day: string): string {
  const noon = new Date(`${day}T12:00:00Z`)
  noon.setUTCDate(noon.getUTCDate() + 1)
  return noon.toISOString().slice(0, 10)
}
