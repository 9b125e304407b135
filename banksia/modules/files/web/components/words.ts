import type { ActivityRead } from '../api'

/** What was done, as the log says it. */
export const actions: Record<ActivityRead['action'], string> = {
  document_added: 'Added',
  document_downloaded: 'Downloaded',
  document_viewed: 'Viewed',
  certificate_filed: 'Certificate filed',
  certificate_replaced: 'Certificate replaced',
}
