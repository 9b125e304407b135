import { useState } from 'react'
import { CounterPayment, formatMoney, Notice, useMay } from '@banksia/kit'
import { takeCounterPayment, type CounterPaymentRead, type PayableRead } from '../api'
import { newWaiverPage } from '../till-routes'

/** What is still owed, taken at the counter from its own page. */
export function TakePayment({ payable }: { payable: PayableRead }) {
  const may = useMay('payments.counter.take')
  const [paid, setPaid] = useState<CounterPaymentRead>()
  if (paid)
    return (
      <Notice tone="success" role="status" title={`${payable.reference} is paid`}>
        {paid.change_cents > 0 ? <p>{`Give ${formatMoney(paid.change_cents)} change.`}</p> : null}
      </Notice>
    )
  if (!may || payable.state !== 'awaiting_payment') return null
  return (
    <CounterPayment
      dueCents={payable.total_cents - payable.paid_cents}
      take={async (parts) => {
        const { data } = await takeCounterPayment({
          path: { payable_id: payable.id },
          body: { parts },
          throwOnError: true,
        })
        return data
      }}
      onPaid={setPaid}
      waiverHref={newWaiverPage.href({ search: { kind: payable.kind, subject: payable.subject_id } })}
    />
  )
}
