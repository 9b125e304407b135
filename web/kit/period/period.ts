import { dayOf, formatDate } from '../format/dates'

/** Some days of the council, both ends included, as `2026-11-25`. */
export interface Period {
  from: string
  until: string
}

export interface Preset extends Period {
  label: string
}

const two = (value: number) => String(value).padStart(2, '0')
const firstOf = (year: number, month: number) => `${String(year)}-${two(month)}-01`

/** The last day of a month, counted from 1. */
function lastOf(year: number, month: number): string {
  return `${String(year)}-${two(month)}-${two(new Date(Date.UTC(year, month, 0)).getUTCDate())}`
}

/** Periods that finance asks for: a council's year begins in July. */
export function presets(today: string = dayOf(new Date())): Preset[] {
  const [year, month] = [Number(today.slice(0, 4)), Number(today.slice(5, 7))]
  const [lastYear, lastMonth] = month === 1 ? [year - 1, 12] : [year, month - 1]
  const quarter = month - ((month - 1) % 3)
  const began = month >= 7 ? year : year - 1
  const financial = (from: number) => ({ from: firstOf(from, 7), until: lastOf(from + 1, 6) })
  return [
    { label: 'Today', from: today, until: today },
    { label: 'This month', from: firstOf(year, month), until: lastOf(year, month) },
    { label: 'Last month', from: firstOf(lastYear, lastMonth), until: lastOf(lastYear, lastMonth) },
    { label: 'This quarter', from: firstOf(year, quarter), until: lastOf(year, quarter + 2) },
    { label: 'This financial year', ...financial(began) },
    { label: 'Last financial year', ...financial(began - 1) },
  ]
}

/** The period of an address, by default this month. */
export function periodOf({ from, until }: { from?: string; until?: string }): Period {
  const month = presets()[1]
  return from && until ? { from, until } : { from: month?.from ?? '', until: month?.until ?? '' }
}

/** `1 Nov 2026 to 30 Nov 2026`, or one day. */
export function periodWords({ from, until }: Period): string {
  return from === until ? formatDate(from) : `${formatDate(from)} to ${formatDate(until)}`
}
