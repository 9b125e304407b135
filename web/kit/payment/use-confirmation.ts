import { useEffect, useState } from 'react'
import { useQuery } from '@tanstack/react-query'
import { client } from '../api/client'

interface Answer {
  shown: 'paid' | 'confirming' | 'checking' | 'failed'
  declined: boolean
}

export interface Confirmation {
  /** Nobody knows yet whether it is paid: ask the payer for patience, not for money. */
  confirming: boolean
  /** It takes longer than a bank does: who has not paid after all may do so now. */
  slow: boolean
  /** That page was closed or ran out, and nothing was charged on it. */
  failed: boolean
}

const ASK_AGAIN_MS = 2_500
/** Who leaves the payment page by its way back may be here before the bank's answer is. */
const ASKED_IN_PASSING = 3
const SLOW_AFTER_MS = 60_000
const NOT_ASKED: Confirmation = { confirming: false, slow: false, failed: false }

/**
 * How an online payment stands, for the page that a payer comes back to. They need not wait for the provider's message:
 * the server asks the provider, and what its books then say is shown. Who opens the page otherwise, perhaps while it is
 * paid in another tab or after leaving the payment page, has the provider asked a few times.
 */
export function useConfirmation(
  attemptId: string | null | undefined,
  { waits, cameBack }: { waits: boolean; cameBack: boolean },
  onEnd: () => unknown,
): Confirmation {
  const [slow, setSlow] = useState(false)
  const asks = waits && Boolean(attemptId)
  const answer = useQuery({
    queryKey: ['payments', 'confirm', attemptId],
    queryFn: () => confirm(attemptId ?? ''),
    enabled: asks,
    retry: false,
    refetchInterval: ({ state }) => {
      const enough = !cameBack && state.dataUpdateCount >= ASKED_IN_PASSING
      return enough || state.error || isKnown(state.data) ? false : ASK_AGAIN_MS
    },
  })
  const shown = answer.data?.shown
  const known = isKnown(answer.data)
  useEffect(() => {
    if (known) void onEnd()
    // Only a new answer ends it: the callback is another one with each drawing.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [known, shown])
  useEffect(() => {
    if (!asks || !cameBack) return
    const timer = setTimeout(() => setSlow(true), SLOW_AFTER_MS)
    return () => clearTimeout(timer)
  }, [asks, cameBack])
  if (!asks || !cameBack) return NOT_ASKED
  // An address that names no payment, or one that the bank refused, confirms nothing.
  const confirming = !answer.isError && !(answer.data?.declined ?? false) && shown !== 'failed'
  return { confirming: confirming && !slow, slow: confirming && slow, failed: shown === 'failed' }
}

function isKnown(answer: Answer | undefined): boolean {
  return Boolean(answer && (answer.shown !== 'confirming' || answer.declined))
}

async function confirm(attemptId: string): Promise<Answer> {
  const { data } = await client.post({
    url: `/api/payments/attempts/${encodeURIComponent(attemptId)}/confirm`,
    throwOnError: true,
  })
  return data as Answer
}
