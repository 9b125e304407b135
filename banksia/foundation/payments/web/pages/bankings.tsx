import { useInfiniteQuery } from '@tanstack/react-query'
import { TextLink } from '@ag.ds-next/react/text-link'
import {
  byCursor,
  DataTable,
  formatDayAndTime,
  Money,
  PagedList,
  RowCard,
  StaffPage,
  useMay,
} from '@banksia/kit'
import { listBankingsInfiniteOptions, type BankingRead } from '../api'
import { BankForm } from '../components/bank-form'
import { bagTitle } from '../components/till-words'
import { bankingPage } from '../till-routes'

const hrefOf = (banking: BankingRead) => bankingPage.href({ params: { bankingId: banking.id } })

/** What closed tills hold for the bank, and the bags that were taken there. */
export default function BankingsPage() {
  const mayBank = useMay('payments.tills.supervise')
  const bankings = useInfiniteQuery({ ...listBankingsInfiniteOptions({ query: { limit: 50 } }), ...byCursor })
  return (
    <StaffPage
      title="Banking"
      facts="One bag holds the cash above the floats and the cheques of closed tills of one counter."
      aside={mayBank ? <BankForm /> : undefined}
    >
      <PagedList
        query={bankings}
        failed="The bankings could not be loaded"
        empty="Nothing has been taken to the bank yet."
        shown={['banking', 'bankings']}
      >
        {(rows) => (
          <DataTable
            caption="Bankings"
            rows={rows}
            rowKey={(banking) => banking.id}
            rowHref={hrefOf}
            columns={[
              {
                key: 'bag',
                header: 'Bag',
                cell: (banking) => (
                  <>
                    <TextLink href={hrefOf(banking)}>{banking.reference}</TextLink>
                    <span className="detail">{banking.location_name}</span>
                  </>
                ),
              },
              { key: 'when', header: 'When', cell: (banking) => formatDayAndTime(banking.banked_at) },
              { key: 'who', header: 'By', wideOnly: true, cell: (banking) => banking.banked_by_name },
              {
                key: 'cash',
                header: 'Cash',
                align: 'right',
                cell: (banking) => <Money cents={banking.cash_cents} />,
              },
              {
                key: 'cheques',
                header: 'Cheques',
                align: 'right',
                cell: (banking) => <Money cents={banking.cheque_cents} />,
              },
              {
                key: 'total',
                header: 'Total',
                align: 'right',
                cell: (banking) => <Money cents={banking.total_cents} />,
              },
            ]}
            card={(banking) => (
              <RowCard
                top={formatDayAndTime(banking.banked_at)}
                topEnd={<Money cents={banking.total_cents} />}
                title={<TextLink href={hrefOf(banking)}>{bagTitle(banking)}</TextLink>}
                start={banking.banked_by_name}
              />
            )}
          />
        )}
      </PagedList>
    </StaffPage>
  )
}
