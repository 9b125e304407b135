import type { MessageRead } from './api'

export const states: Record<MessageRead['status'], string> = {
  queued: 'Waiting',
  sending: 'Being sent',
  sent: 'Sent',
  refused: 'Refused',
  bounced: 'Came back',
}
