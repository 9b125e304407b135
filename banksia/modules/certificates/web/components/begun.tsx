import { LastOrderNotice } from './last-order-notice'
import { OpenBasket } from './open-basket'

/** What was begun here and not finished: an order that waits for its payment, and what is chosen. */
export default function Begun() {
  return (
    <>
      <LastOrderNotice />
      <OpenBasket />
    </>
  )
}
