import type { SearchResult } from '../api'

const BY = {
  address: 'address',
  building: 'building or place',
  parcel: 'lot and plan',
  assessment: 'assessment number',
  owner: 'owner',
} as const

/** Why something was found, in words; nothing when it is just what was typed. */
export function matchWords({ by, how }: SearchResult['match']): string {
  const plain = by === 'address' || by === 'owner'
  if (how === 'spelling') return `Found by ${BY[by]}, spelt a little differently`
  if (how === 'other') return `Found by ${BY[by]}, of another street type or suburb`
  if (how === 'begins') return plain ? '' : `Found by ${BY[by]} that begins so`
  return plain ? '' : `Found by ${BY[by]}`
}
