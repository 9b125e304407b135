import type { BatchRead, BatchRowRead } from '../../api'

/** What a load is, as a status word. */
export const batchWords = {
  checking: 'Checking',
  checked: 'Ready to load',
  loading: 'Loading',
  loaded: 'Loaded',
  undoing: 'Taking back',
  undone: 'Taken back',
  undo_failed: 'Failed',
  failed: 'Failed',
} as const satisfies Record<BatchRead['state'], string>

/** Where the scans lie, below what the operator lets a council load from: the machine's own paths say nothing to people. */
export function placeWords(place: string, slug: string): string {
  const root = `/${slug}/`
  const at = place.indexOf(root)
  return at < 0 ? place : place.slice(at + root.length)
}

type Verdict = BatchRowRead['verdict']

/** What became of a line of the manifest. */
export const verdictWords: Record<Verdict, string> = {
  ready: 'Ready to load',
  rejected: 'Rejected',
  already_here: 'Already here',
  loaded: 'Loaded',
  failed: 'Failed',
  undone: 'Taken back',
  kept: 'Not taken back',
}

/** In the order in which they matter to who looks. */
export const verdicts: readonly Verdict[] = [
  'ready',
  'rejected',
  'failed',
  'already_here',
  'loaded',
  'undone',
  'kept',
]

/** Whether the server is at work on it. */
export const isBusy = ({ state }: BatchRead) =>
  state === 'checking' || state === 'loading' || state === 'undoing'
