import { useMutation } from '@tanstack/react-query'
import {
  ActionButton,
  cardSurchargeLine,
  type Confirmation,
  DecisionPanel,
  ErrorPanel,
  formatMoney,
  Notice,
  Sums,
} from '@banksia/kit'
import { payByLinkMutation, type PayPageRead } from '../api'

interface PayByCardProps {
  token: string
  pay: PayPageRead
  onChange: () => unknown
}

/** The sum, with what the card costs on top, and the one button. The card is typed at the payment provider, never here. */
export function PayByCard({ token, pay, onChange }: PayByCardProps) {
  const start = useMutation({
    ...payByLinkMutation(),
    onSuccess: ({ url }) => {
      location.assign(url)
    },
    onError: () => onChange(),
  })
  if (!pay.online)
    return (
      <DecisionPanel title={`${formatMoney(pay.left_cents)} to pay`}>
        <p>
          This cannot be paid online. Pay at the council’s counter and give the reference {pay.reference}.
        </p>
      </DecisionPanel>
    )
  const sum = pay.left_cents + pay.surcharge_cents
  return (
    <DecisionPanel title="Pay by card">
      <div css={{ display: 'grid', gap: '1rem', marginTop: '0.5rem' }}>
        {start.error ? <ErrorPanel title="The payment page could not be opened" error={start.error} /> : null}
        <Sums
          sums={
            pay.surcharge_cents > 0
              ? [
                  { label: 'To pay', cents: pay.left_cents },
                  {
                    ...cardSurchargeLine(pay.surcharge_cents, pay.surcharge_basis_points),
                    detail: 'Not asked at the council’s counter for cash.',
                  },
                ]
              : []
          }
          total={{ label: 'You pay', cents: sum }}
        />
        <ActionButton
          block
          loading={start.isPending || start.isSuccess}
          onClick={() => {
            start.mutate({ path: { token }, query: pay.back ? { back: pay.back } : {} })
          }}
        >
          {`Pay ${formatMoney(sum)}`}
        </ActionButton>
        <p css={{ fontSize: '0.875rem' }}>
          {pay.back
            ? 'You enter the card on a page of the payment provider and come back to what you ordered.'
            : 'You enter the card on a page of the payment provider and come back here. The receipt goes to whoever ordered; you can open it here.'}
        </p>
      </div>
    </DecisionPanel>
  )
}

interface PayNoticeProps {
  pay: PayPageRead
  confirmation: Confirmation
}

/** What a payer must know first: true at every moment, whatever the address says. */
export function PayNotice({ pay, confirmation }: PayNoticeProps) {
  const ended = ENDED[pay.shown]
  if (ended)
    return (
      <Notice tone={ended.tone} role="status" title={ended.title}>
        {ended.words}
      </Notice>
    )
  if (confirmation.confirming)
    return (
      <Notice tone="info" role="status" title="We are still confirming your payment">
        This page updates by itself; you can also close it and open the link again later.
      </Notice>
    )
  if (confirmation.slow)
    return (
      <Notice tone="warning" role="status" title="The payment is not confirmed yet">
        If you paid on the payment page, wait: this page updates by itself. If you did not, pay now. You are
        never charged twice for it: the earlier page is closed first.
      </Notice>
    )
  if (pay.attempt === 'declined')
    return (
      <Notice tone="warning" role="status" title="The bank did not approve the payment">
        Nothing was charged. Try again or use another card.
      </Notice>
    )
  if (confirmation.failed)
    return (
      <Notice tone="warning" role="status" title="The payment page closed before it was paid">
        Nothing was charged. Try again when you are ready.
      </Notice>
    )
  return null
}

const ENDED: Partial<
  Record<PayPageRead['shown'], { tone: 'success' | 'info' | 'warning'; title: string; words: string }>
> = {
  paid: {
    tone: 'success',
    title: 'This is paid',
    words: 'There is nothing more to pay. The receipt is below.',
  },
  refunded: { tone: 'info', title: 'This was paid and refunded', words: 'There is nothing to pay.' },
  checking: {
    tone: 'warning',
    title: 'Council is checking a payment',
    words:
      'It does not match what was asked for. There is nothing to pay again until council has settled it.',
  },
  at_counter: {
    tone: 'info',
    title: 'This is being paid at the counter',
    words:
      'A clerk is taking the payment at this moment. If it is not finished, you can pay here in two minutes.',
  },
  expired: {
    tone: 'warning',
    title: 'This was not paid in time',
    words: 'It has expired and cannot be paid any more. Whoever ordered can place the order again.',
  },
  cancelled: { tone: 'info', title: 'This was cancelled', words: 'There is nothing to pay any more.' },
}
