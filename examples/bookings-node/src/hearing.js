// Events that the council sends. The same event twice is heard once; the order in which they come does not matter,
// because what an event says of money is only a reason to ask how it stands.
import { Problem } from './problem.js'
import { isSigned } from './signatures.js'
import { task } from './store.js'

export function hearEvent({ councils, store, work }, headers, body) {
  const council = councils.all().find((each) => isSigned(headers, body, each.webhook_secrets))
  if (!council)
    throw new Problem(
      401,
      'not-signed',
      'The event is not signed',
      'Sign it with the secret of a connected council.',
    )
  const kept = store.of(council.url)
  const id = headers['webhook-id']
  if (kept.heard.has(id)) return { heard: false }
  const event = parse(body)
  store.keep(council.url, [['event_heard', { id }], ...workOf(kept, event)])
  void work.run()
  return { heard: true }
}

function workOf(kept, { type, data = {} }) {
  if (type === 'bookings.reminder_due') {
    const id = (data.data ?? data).booking_id
    return kept.bookings.has(id) ? [task('notice', { booking_id: id, about: 'reminder' })] : []
  }
  const isOurs = data.payable_kind === 'bookings.booking' && kept.bookings.has(data.payable_id)
  return isOurs ? [task('payment', { booking_id: data.payable_id })] : []
}

function parse(body) {
  try {
    const event = JSON.parse(body.toString('utf8'))
    if (typeof event?.type === 'string') return event
  } catch {
    // Told below.
  }
  throw new Problem(422, 'invalid', 'The event cannot be read', 'Send a JSON object with `type` and `data`.')
}
