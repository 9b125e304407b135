import { CounterPayment } from '@banksia/kit'
import { takePayment, type CounterPaymentRead, type OrderRead } from '../api'

interface TakeAtCounterProps {
  order: OrderRead
  onPaid: (paid: CounterPaymentRead) => void
}

/** Takes what is owed for an order, by cash, card or cheque. */
export default function TakeAtCounter({ order, onPaid }: TakeAtCounterProps) {
  return (
    <CounterPayment
      dueCents={order.left_cents}
      take={async (parts) => {
        const { data } = await takePayment({
          path: { order_id: order.id },
          body: { parts },
          throwOnError: true,
        })
        return data
      }}
      onPaid={onPaid}
      waiverHref={`/payments/staff/waivers/new?kind=certificates.order&subject=${order.id}`}
    />
  )
}
