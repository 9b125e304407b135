import { useQuery } from '@tanstack/react-query'
import { TextLink } from '@ag.ds-next/react/text-link'
import {
  CustomerPage,
  formatMoney,
  Loaded,
  Panel,
  ReceiptLinks,
  RefundsShown,
  Status,
  Sums,
  useConfirmation,
} from '@banksia/kit'
import { readPayLinkOptions, type PayPageRead } from '../api'
import { PayByCard, PayNotice } from '../components/pay-by-card'
import { payPage } from '../routes'

const LOOK_AGAIN_MS = 30_000
const WORDS = {
  to_pay: 'Awaiting payment',
  at_counter: 'Awaiting payment',
  paid: 'Paid',
  checking: 'Needs review',
  refunded: 'Refunded',
  expired: 'Expired',
  cancelled: 'Cancelled',
} as const

/** What is to be paid, for whoever holds the link; nothing else of the order stands here. */
export default function PayPage() {
  const { token } = payPage.useParams()
  const { back } = payPage.useSearch()
  const found = useQuery({
    ...readPayLinkOptions({ path: { token }, query: { back } }),
    refetchInterval: LOOK_AGAIN_MS,
  })
  if (found.data) return <ToPay token={token} pay={found.data} onChange={found.refetch} />
  return (
    <CustomerPage title="Pay the council">
      <Loaded query={found} failed="There is nothing to pay under this link">
        {() => null}
      </Loaded>
    </CustomerPage>
  )
}

interface ToPayProps {
  token: string
  pay: PayPageRead
  onChange: () => unknown
}

function ToPay({ token, pay, onChange }: ToPayProps) {
  const { payment } = payPage.useSearch()
  const waits = pay.shown === 'to_pay' && pay.attempt !== 'none'
  const cameBack = Boolean(payment) && payment === pay.attempt_id
  const confirmation = useConfirmation(pay.attempt_id, { waits, cameBack }, onChange)
  return (
    <CustomerPage
      title={pay.left_cents > 0 ? `Pay ${formatMoney(pay.left_cents)} to ${pay.council}` : pay.title}
      where={pay.back ? <TextLink href={pay.back}>{pay.reference}</TextLink> : pay.reference}
      lead={pay.left_cents > 0 ? pay.title : `Payment to ${pay.council}`}
      alert={<PayNotice pay={pay} confirmation={confirmation} />}
      aside={
        pay.shown === 'to_pay' && !confirmation.confirming ? (
          <PayByCard token={token} pay={pay} onChange={onChange} />
        ) : undefined
      }
    >
      <Panel title="What it is for" action={<Status word={WORDS[pay.shown]} />}>
        <Sums
          sums={pay.lines.map(({ description, quantity, amount_cents }) => ({
            label: quantity > 1 ? `${quantity} x ${description}` : description,
            cents: amount_cents,
          }))}
          total={{ label: 'Total', cents: pay.total_cents }}
          note={pay.gst_cents > 0 ? `Includes GST of ${formatMoney(pay.gst_cents)}` : 'No GST applies'}
        />
        {pay.paid_cents > 0 ? <p css={{ paddingTop: '0.75rem' }}>{wasPaid(pay)}</p> : null}
        <ReceiptLinks receipts={pay.receipts} />
        <RefundsShown refunds={pay.refunds} />
      </Panel>
    </CustomerPage>
  )
}

/** What came in, and how much of it was asked for the way it was paid. */
function wasPaid({ paid_cents, total_cents }: PayPageRead): string {
  const surcharge = paid_cents - total_cents
  return surcharge > 0
    ? `${formatMoney(paid_cents)} was paid, with a surcharge of ${formatMoney(surcharge)}.`
    : `${formatMoney(paid_cents)} was paid.`
}
