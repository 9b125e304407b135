import { useEffect, useState, useSyncExternalStore } from 'react'
import { type UploadHandlers, UploadQueue } from './upload-queue'

interface UseUploadsOptions<Answer> extends UploadHandlers<Answer> {
  /** How many go at once. */
  atOnce?: number
}

/** A queue of uploads with their progress, for DropArea and UploadRows. */
export function useUploads<Answer>({ send, onStored, atOnce = 2 }: UseUploadsOptions<Answer>) {
  const [queue] = useState(() => new UploadQueue<Answer>({ send, onStored }, atOnce))
  useEffect(() => queue.use({ send, onStored }), [queue, send, onStored])
  const uploads = useSyncExternalStore(queue.subscribe, queue.published)
  return { uploads, add: queue.add, remove: queue.remove, retry: queue.retry }
}

/** The rows of a queue that outlives the component, such as one per property. */
export function useQueue<Answer>(queue: UploadQueue<Answer>) {
  return useSyncExternalStore(queue.subscribe, queue.published)
}
