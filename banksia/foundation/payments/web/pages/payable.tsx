import { useQuery } from '@tanstack/react-query'
import { TextLink } from '@ag.ds-next/react/text-link'
import {
  formatDayAndTime,
  formatMoney,
  Loaded,
  Money,
  Panel,
  ReceiptLinks,
  RowList,
  StaffPage,
  Status,
  Sums,
  Tag,
  moneyWords,
} from '@banksia/kit'
import { readPayableOptions, type PayableRead } from '../api'
import { CameIn } from '../components/came-in'
import { PayableDisputes } from '../components/payable-disputes'
import { RefundForm } from '../components/refund-form'
import { SendPayLink } from '../components/send-pay-link'
import { TakePayment } from '../components/take-payment'
import { refundWords } from '../components/words'
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
  return (
    <StaffPage
      title={`Payment for ${payable.reference}`}
      badge={<Status word={moneyWords[payable.state]} />}
      facts={
        <>
          {payable.title}, {payable.payer_name}{' '}
          {payable.staff_path ? <TextLink href={payable.staff_path}>Open what it is for</TextLink> : null}
        </>
      }
      aside={
        <div css={{ display: 'grid', gap: '1.25rem' }}>
          <TakePayment payable={payable} />
          <SendPayLink payable={payable} />
          <RefundForm payable={payable} />
        </div>
      }
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
          <CameIn payable={payable} />
        </Panel>
        <PayableDisputes payable={payable} />
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
            <ReceiptLinks receipts={payable.receipts} roll />
          </Panel>
        ) : null}
      </div>
    </StaffPage>
  )
}
