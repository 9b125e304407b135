import { Details } from '@ag.ds-next/react/details'
import { formatDayAndTime } from '../format/dates'

/** A message to somebody's server, and what became of it. */
export interface SentMessage {
  message_id: string
  body: string
  created_at: string
  status: string
  attempts: number
  next_attempt_at: string | null
  response_status: number | null
  response_text: string
  response_milliseconds: number | null
  error: string | null
}

/** When a message was sent, how that went and goes on, and what was said on both sides. */
export function DeliveryDetail({ delivery }: { delivery: SentMessage }) {
  return (
    <>
      {formatDayAndTime(delivery.created_at)}. {outcome(delivery)}
      <Details label="Message and answer" iconBefore>
        <pre css={code}>{pretty(delivery.body)}</pre>
        <p>
          webhook-id <code css={{ overflowWrap: 'anywhere' }}>{delivery.message_id}</code>
        </p>
        {delivery.response_text ? <pre css={code}>{delivery.response_text}</pre> : null}
      </Details>
    </>
  )
}

function outcome(delivery: SentMessage): string {
  const answered =
    delivery.response_status === null
      ? delivery.error
      : `Answered ${String(delivery.response_status)} in ${String(delivery.response_milliseconds ?? 0)} ms. ${delivery.error ?? ''}`
  const tries = delivery.attempts > 1 ? `Tried ${String(delivery.attempts)} times.` : ''
  const next =
    delivery.status === 'pending' && delivery.attempts > 0 && delivery.next_attempt_at
      ? `Next try ${formatDayAndTime(delivery.next_attempt_at)}.`
      : ''
  return [answered, tries, next].filter(Boolean).join(' ')
}

function pretty(body: string): string {
  try {
    return JSON.stringify(JSON.parse(body), null, 2)
  } catch {
    return body
  }
}

const code = { fontSize: '0.8125rem', whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' } as const
