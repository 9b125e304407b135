import type { DisposalRead, RetentionClassRead } from '../../api'

type Trigger = RetentionClassRead['trigger']

/** From when the years of a class count, as one chooses it. */
export const triggers: Record<Trigger, string> = {
  added: 'From the day a document is added',
  dated: 'From the document’s own date',
  folder_closed: 'From the day its folder is archived',
  never: 'Never: keep for ever',
}

const begins: Record<Exclude<Trigger, 'never'>, string> = {
  added: 'after a document is added',
  dated: 'after the document’s own date',
  folder_closed: 'after the folder is archived',
}

/** `20 years after the folder is archived, and until it is demolished`. */
export function periodOfClass(
  read: Pick<RetentionClassRead, 'trigger' | 'keep_years' | 'until_demolished'>,
): string {
  if (read.trigger === 'never') return 'For ever'
  const years = read.keep_years ?? 0
  const period = `${String(years)} year${years === 1 ? '' : 's'} ${begins[read.trigger]}`
  return read.until_demolished ? `${period}, and until what it is about is demolished` : period
}

/** What a disposal list is, as a status word. */
export const disposalWords = {
  proposed: 'Proposed',
  approved: 'Being destroyed',
  cancelled: 'Cancelled',
  done: 'Destroyed',
} as const satisfies Record<DisposalRead['state'], string>

/** `1 document`, `214 documents`. */
export function documentsOf(count: number): string {
  return `${count.toLocaleString('en-AU')} document${count === 1 ? '' : 's'}`
}
