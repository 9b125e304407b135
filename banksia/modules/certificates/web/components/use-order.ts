import { useEffect, useState } from 'react'
import { useQuery } from '@tanstack/react-query'
import { client } from '@banksia/kit/client'
import { readOrderOptions } from '../api'
import { orderHeaders, takeOrderToken } from './order-token'

interface Confirmation {
  shown: 'paid' | 'confirming' | 'checking' | 'failed'
  declined: boolean
}

const ASK_AGAIN_MS = 2_500
const LOOK_AGAIN_MS = 30_000

/**
 * An order, and whether its payment is still being confirmed. Who comes back from the payment page need not wait for the
 * provider's message: the server asks the provider, and what its books then say is shown.
 */
export function useOrder(orderId: string, payment: string | undefined) {
  useState(() => {
    takeOrderToken(orderId)
  })
  const options = readOrderOptions({ path: { order_id: orderId }, headers: orderHeaders(orderId) })
  const query = useQuery({ ...options, refetchInterval: LOOK_AGAIN_MS })
  const waits = Boolean(payment) && query.data?.money === 'awaiting_payment'
  const confirmation = useQuery({
    queryKey: ['certificates', 'confirm', payment],
    queryFn: () => confirm(payment ?? ''),
    enabled: waits,
    retry: false,
    refetchInterval: ({ state }) => (isOpen(state.data) ? ASK_AGAIN_MS : false),
  })
  const shown = confirmation.data?.shown
  const { refetch } = query
  useEffect(() => {
    if (shown && shown !== 'confirming') void refetch()
  }, [shown, refetch])
  return { query, confirming: waits && isOpen(confirmation.data) }
}

function isOpen(confirmation: Confirmation | undefined): boolean {
  return (
    !confirmation ||
    (confirmation.shown === 'confirming' && !confirmation.declined) ||
    confirmation.shown === 'paid'
  )
}

async function confirm(attemptId: string): Promise<Confirmation> {
  const { data } = await client.post({
    url: `/api/payments/attempts/${encodeURIComponent(attemptId)}/confirm`,
    throwOnError: true,
  })
  return data as Confirmation
}
