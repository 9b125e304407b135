import { useState } from 'react'
import { useQuery } from '@tanstack/react-query'
import { useConfirmation } from '@banksia/kit'
import { type OrderRead, readOrderOptions } from '../api'
import { orderHeaders, takeOrderToken } from './order-token'

const LOOK_AGAIN_MS = 30_000
/** Who comes back from paying may have a certificate within seconds, when no officer has to look at it. */
const LOOK_SOON_MS = 3_000
const LOOKS_SOON = 10

/** An order, and how its last online payment stands, for who comes back from the payment page or opens it otherwise. */
export function useOrder(orderId: string, payment: string | undefined) {
  useState(() => {
    takeOrderToken(orderId)
  })
  const options = readOrderOptions({ path: { order_id: orderId }, headers: orderHeaders(orderId) })
  const query = useQuery({
    ...options,
    refetchInterval: ({ state }) => {
      const soon = payment !== undefined && isMoving(state.data) && state.dataUpdateCount < LOOKS_SOON
      return soon ? LOOK_SOON_MS : LOOK_AGAIN_MS
    },
  })
  // Whoever comes back from paying for an upgrade waits for that one; the order itself is paid.
  const upgrade = query.data?.upgrades.find(
    ({ payment_attempt_id }) => payment !== undefined && payment_attempt_id === payment,
  )
  const last = upgrade ? payment : query.data?.payment_attempt_id
  const waits = query.data?.money === 'awaiting_payment' && !query.data.at_counter
  const confirmation = useConfirmation(
    last,
    { waits: upgrade !== undefined || waits, cameBack: payment !== undefined && payment === last },
    query.refetch,
  )
  return { query, confirmation }
}

/** Whether something comes of it within seconds: its work begins by itself once it is paid, and may end by itself. */
const isMoving = (order: OrderRead | undefined) =>
  order?.work === 'in_work' ||
  (order?.money === 'paid' && order.lines.some(({ state }) => state === 'awaiting_payment'))
