import type { StatusWord } from '@banksia/kit'
import type { QueueLineRead } from '../api'

/** Staff's words for how far a certificate is. */
export const staffLineWords: Record<QueueLineRead['state'], StatusWord> = {
  awaiting_payment: 'Awaiting payment',
  queued: 'Queued',
  assigned: 'Being prepared',
  drafted: 'Drafted',
  to_check: 'To check',
  checked: 'Checked',
  on_hold: 'On hold',
  issued: 'Issued',
  cannot_issue: 'Cannot issue',
  cancelled: 'Cancelled',
}

/** When a line is due, as the words and the edge of a row take it. */
export const dueOf = (line: QueueLineRead) => ({
  dueOn: line.due_on,
  workingDaysLeft: line.working_days_left,
  dueTime: line.urgent ? line.cut_off : undefined,
  stopped: line.clock_stopped,
})
