import { payOrder } from '../api'
import { orderHeaders } from './order-token'

/** Leave for the provider's page on which the order is paid. */
export async function openPaymentPage(orderId: string): Promise<void> {
  const { data } = await payOrder({
    path: { order_id: orderId },
    headers: orderHeaders(orderId),
    throwOnError: true,
  })
  location.assign(data.url)
}
