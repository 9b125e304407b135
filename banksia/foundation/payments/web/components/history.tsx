import { EmptyState, formatDayAndTime, Timeline } from '@banksia/kit'
import type { EvidenceEntry } from '../api'
import { spoken } from './words'

/** What was done, by whom and when, from the audit log. */
export function History({ entries }: { entries: readonly EvidenceEntry[] }) {
  if (entries.length === 0) return <EmptyState>Nothing is noted yet.</EmptyState>
  return (
    <Timeline
      events={entries.map((entry) => ({
        title: spoken(entry.what.split('.').at(-1) ?? entry.what),
        detail: [formatDayAndTime(entry.at), entry.who, entry.detail].filter(Boolean).join(', '),
        state: 'done' as const,
      }))}
    />
  )
}
