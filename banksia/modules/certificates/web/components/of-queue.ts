import { countLinesOptions, listLinesQueryKey } from '../api'

/** Whether a query is of the lists and counts of the queue, which change with what is done to a line. */
export function isOfQueue(queryKey: readonly unknown[]): boolean {
  const [first] = queryKey
  if (typeof first !== 'object' || first === null || !('_id' in first)) return first === 'certificates'
  return first._id === countLinesOptions().queryKey[0]._id || first._id === listLinesQueryKey()[0]._id
}
