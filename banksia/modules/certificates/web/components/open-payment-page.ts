import { payOrder, payUpgradeAgain } from '../api'
import { orderHeaders } from './order-token'

/** Leave for the provider's page on which the order is paid, or again what made a certificate of it more. */
export async function openPaymentPage(orderId: string, upgradeId?: string): Promise<void> {
  const asked = { headers: orderHeaders(orderId), throwOnError: true } as const
  const { data } =
    upgradeId === undefined
      ? await payOrder({ path: { order_id: orderId }, ...asked })
      : await payUpgradeAgain({ path: { order_id: orderId, upgrade_id: upgradeId }, ...asked })
  location.assign(data.url)
}
