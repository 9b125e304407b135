import { useInfiniteQuery } from '@tanstack/react-query'
import { TextLink } from '@ag.ds-next/react/text-link'
import { byCursor, formatDayAndTime, formatMoney, Money, PagedList, Panel, RowList, Tag } from '@banksia/kit'
import { dishonourAccountPayment, listAccountPaymentsInfiniteOptions, type FirmAccountRead } from '../api'
import { CameBack } from './came-back'
import { methodWords } from './ledger-words'

/** What the firm paid, newest first, each with its receipt. */
export function AccountPayments({ account }: { account: FirmAccountRead }) {
  const payments = useInfiniteQuery({
    ...listAccountPaymentsInfiniteOptions({ path: { account_id: account.id }, query: { limit: 20 } }),
    ...byCursor,
  })
  return (
    <Panel title="Payments" flush>
      <PagedList
        query={payments}
        failed="The payments could not be loaded"
        empty="The firm has not paid anything towards its account yet."
        shown={['payment', 'payments']}
      >
        {(rows) => (
          <RowList
            inset
            stack
            rows={rows.map((row) => ({
              key: row.id,
              title: (
                <>
                  {`${methodWords(row.method)}, ${formatDayAndTime(row.received_at)}`}{' '}
                  {row.dishonoured_at ? <Tag>Came back</Tag> : null}
                </>
              ),
              detail: [row.reference, row.drawer, row.cashier_name, row.dishonoured_reason]
                .filter(Boolean)
                .join(', '),
              end: (
                <>
                  {row.receipt_id ? (
                    <TextLink href={`/api/payments/receipts/${row.receipt_id}`}>
                      {`Receipt ${row.receipt_number ?? ''}`}
                    </TextLink>
                  ) : null}
                  <CameBack
                    payment={row}
                    holds={!row.dishonoured_at}
                    consequences={[
                      `${account.name} owes ${formatMoney(row.amount_cents)} again.`,
                      'The receipt stays; the ledger shows both.',
                      'It cannot be taken back.',
                    ]}
                    send={(reason) =>
                      dishonourAccountPayment({
                        path: { account_id: account.id, account_payment_id: row.id },
                        body: { reason },
                        throwOnError: true,
                      })
                    }
                  />
                  <Money cents={row.amount_cents} />
                </>
              ),
            }))}
          />
        )}
      </PagedList>
    </Panel>
  )
}
