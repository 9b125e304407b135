import { useState } from 'react'
import { useQuery } from '@tanstack/react-query'
import { useConfirmation } from '@banksia/kit'
import { readOrderOptions } from '../api'
import { orderHeaders, takeOrderToken } from './order-token'

const LOOK_AGAIN_MS = 30_000

/** An order, and how its last online payment stands, for who comes back from the payment page or opens it otherwise. */
export function useOrder(orderId: string, payment: string | undefined) {
  useState(() => {
    takeOrderToken(orderId)
  })
  const options = readOrderOptions({ path: { order_id: orderId }, headers: orderHeaders(orderId) })
  const query = useQuery({ ...options, refetchInterval: LOOK_AGAIN_MS })
  const last = query.data?.payment_attempt_id
  const confirmation = useConfirmation(
    last,
    {
      waits: query.data?.money === 'awaiting_payment' && !query.data.at_counter,
      cameBack: payment !== undefined && payment === last,
    },
    query.refetch,
  )
  return { query, confirmation }
}
