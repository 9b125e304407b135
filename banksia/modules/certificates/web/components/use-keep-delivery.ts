import { useQueryClient } from '@tanstack/react-query'
import { readDeliveryOptions, type DeliveryRead } from '../api'

/** Show what an act on the delivery of an order answered, and read again whatever counts it. */
export function useKeepDelivery(orderId: string) {
  const queryClient = useQueryClient()
  return async (read: DeliveryRead) => {
    queryClient.setQueryData(readDeliveryOptions({ path: { order_id: orderId } }).queryKey, read)
    await queryClient.invalidateQueries()
  }
}
