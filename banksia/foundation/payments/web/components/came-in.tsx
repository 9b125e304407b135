import { formatDayAndTime, formatMoney, Money, RowList, Tag } from '@banksia/kit'
import { dishonourCheque, type PayableRead } from '../api'
import { CameBack } from './came-back'

type Payment = PayableRead['payments'][number]

const words: Record<string, string> = {
  card: 'Card',
  cash: 'Cash',
  eftpos: 'EFTPOS',
  cheque: 'Cheque',
  account: 'Account',
  waiver: 'Waived',
}

/** Every payment of something, and for a cheque the way to say that it came back. */
export function CameIn({ payable }: { payable: PayableRead }) {
  return (
    <RowList
      inset
      stack
      rows={payable.payments.map((payment) => ({
        key: payment.id,
        title: (
          <>
            {words[payment.method] ?? payment.method}{' '}
            {payment.dishonoured_at ? (
              <Tag>Came back from the bank</Tag>
            ) : payment.applied ? null : (
              <Tag>Not applied</Tag>
            )}
          </>
        ),
        detail: detailOf(payment),
        end: (
          <>
            <Money cents={payment.amount_cents} />
            <CameBack
              payment={payment}
              holds={payment.applied}
              consequences={[
                `${formatMoney(payment.amount_cents)} of ${payable.reference} is owed again.`,
                'Work that is not finished stands still until it is paid; what is issued stays issued.',
                'It cannot be taken back. Paid again, it gets a new receipt.',
              ]}
              send={(reason) =>
                dishonourCheque({ path: { payment_id: payment.id }, body: { reason }, throwOnError: true })
              }
            />
          </>
        ),
      }))}
    />
  )
}

function detailOf(payment: Payment): string {
  return [
    formatDayAndTime(payment.received_at),
    payment.cashier_name,
    payment.reference,
    payment.drawer,
    payment.change_cents > 0 ? `change ${formatMoney(payment.change_cents)}` : '',
    payment.dishonoured_at
      ? `came back ${formatDayAndTime(payment.dishonoured_at)}: ${payment.dishonoured_reason ?? ''}`
      : '',
  ]
    .filter(Boolean)
    .join(', ')
}
