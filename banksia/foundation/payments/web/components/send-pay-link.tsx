import { PayLink, useMay } from '@banksia/kit'
import { givePayLink, type PayableRead } from '../api'

/** For an order by phone: whoever pays gets the link, and nobody reads out a card number. */
export function SendPayLink({ payable }: { payable: PayableRead }) {
  const may = useMay('payments.links.send')
  if (!may || payable.state !== 'awaiting_payment') return null
  return (
    <PayLink
      title="Send a pay link"
      ask={async (wanted) => {
        const { data } = await givePayLink({
          path: { payable_id: payable.id },
          body: wanted,
          throwOnError: true,
        })
        return data
      }}
    />
  )
}
