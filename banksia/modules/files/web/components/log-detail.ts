import { formatDate } from '@banksia/kit'
import type { ActivityRead } from '../api'
import { labelWords } from './words'

const SAID: readonly [name: string, words: (value: string) => string][] = [
  ['reason', (reason) => `“${reason}”`],
  ['note', (note) => `“${note}”`],
  ['to', (to) => `to ${to.includes('@') ? to : labelWords(to)}`],
  ['from', (from) => `from ${from}`],
  ['person', (person) => person],
  ['on', (on) => (/^\d{4}-\d\d-\d\d$/.test(on) ? `on ${formatDate(on)}` : on)],
  ['number', (number) => number],
  ['chosen', (chosen) => chosen],
  ['before', (before) => `before: ${before}`],
]

/** Who did it; of a link that was mailed nobody knows more than to whom. */
export const actorOf = ({ action, actor_name, detail }: ActivityRead) =>
  action === 'shared_opened' && typeof detail.to === 'string'
    ? `By the link sent to ${detail.to}`
    : actor_name

/** What the log knows besides, in words: to whom, from where, why. */
export function detailOf(entry: ActivityRead): string {
  const version =
    entry.version_number && entry.version_number > 1 ? `version ${String(entry.version_number)}` : ''
  const said = SAID.map(([name, words]) => {
    if (name === 'to' && entry.action === 'shared_opened') return ''
    const value = entry.detail[name]
    return typeof value === 'string' && value !== '' ? words(value) : ''
  })
  return [version, ...said].filter(Boolean).join(', ')
}
