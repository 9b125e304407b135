import { useQuery } from '@tanstack/react-query'
import { TextLink } from '@ag.ds-next/react/text-link'
import {
  Facts,
  formatDayAndTime,
  formatMoney,
  Loaded,
  Money,
  Panel,
  RowList,
  StaffPage,
  Status,
  Sums,
  Tag,
  moneyWords,
} from '@banksia/kit'
import { readPayableOptions, type PayableRead } from '../api'
import { RefundForm } from '../components/refund-form'
import { refundWords, subjectHref } from '../components/words'
import { ledgerPage, payablePage } from '../routes'

/** What was owed, what came in, what went back. */
export default function PayablePage() {
  const { payableId } = payablePage.useParams()
  const payable = useQuery(readPayableOptions({ path: { payable_id: payableId } }))
  if (payable.data) return <Payable payable={payable.data} />
  return (
    <StaffPage title="Payment" where={<TextLink href={ledgerPage.href()}>Ledger</TextLink>}>
      <Loaded query={payable} failed="The payment could not be opened">
        {() => null}
      </Loaded>
    </StaffPage>
  )
}

function Payable({ payable }: { payable: PayableRead }) {
  const href = subjectHref(payable.kind, payable.subject_id)
  return (
    <StaffPage
      title={`Payment for ${payable.reference}`}
      badge={<Status word={moneyWords[payable.state]} />}
      facts={
        <>
          {payable.title}, {payable.payer_name}{' '}
          {href ? <TextLink href={href}>Open the order</TextLink> : null}
        </>
      }
      aside={<RefundForm payable={payable} />}
    >
      <div css={{ display: 'grid', gap: '1.25rem' }}>
        <Panel title="Owed">
          <Sums
            sums={payable.lines.map((line) => ({
              label: line.description,
              detail: `Ledger code ${line.gl_code}, GST ${formatMoney(line.gst_cents)}`,
              cents: line.amount_cents,
            }))}
            total={{ label: 'Total', cents: payable.total_cents }}
          />
        </Panel>
        <Panel title="Came in" flush>
          <RowList
            inset
            rows={payable.payments.map((payment) => ({
              key: payment.id,
              title: `${payment.method}${payment.applied ? '' : ', not applied'}`,
              detail: [
                formatDayAndTime(payment.received_at),
                payment.cashier_name,
                payment.reference,
                payment.change_cents > 0 ? `change ${formatMoney(payment.change_cents)}` : '',
              ]
                .filter(Boolean)
                .join(', '),
              end: <Money cents={payment.amount_cents} />,
            }))}
          />
        </Panel>
        {payable.refunds.length > 0 ? (
          <Panel title="Went back" flush>
            <RowList
              inset
              rows={payable.refunds.map((refund) => ({
                key: refund.id,
                title: (
                  <>
                    {refund.reason} <Tag>{refundWords[refund.state]}</Tag>
                  </>
                ),
                detail: `${refund.requested_by_name}, ${formatDayAndTime(refund.created_at)}${refund.failure ? `, ${refund.failure}` : ''}`,
                end: <Money cents={-refund.amount_cents} />,
              }))}
            />
          </Panel>
        ) : null}
        {payable.receipts.length > 0 ? (
          <Panel title="Receipts">
            <Facts
              of={payable.receipts.map((receipt) => [
                receipt.number,
                <TextLink
                  key={receipt.id}
                  href={receipt.path}
                >{`${formatMoney(receipt.total_cents)}, ${formatDayAndTime(receipt.issued_at)}`}</TextLink>,
              ])}
            />
          </Panel>
        ) : null}
      </div>
    </StaffPage>
  )
}
