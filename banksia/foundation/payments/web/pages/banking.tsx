import { useQuery } from '@tanstack/react-query'
import { Button, ButtonLink } from '@ag.ds-next/react/button'
import { TextLink } from '@ag.ds-next/react/text-link'
import {
  formatDayAndTime,
  formatMoney,
  Loaded,
  Money,
  Panel,
  RowList,
  StaffPage,
  Sums,
  Tag,
} from '@banksia/kit'
import { readBankingOptions, type BankingDetail } from '../api'
import { PrintStyles } from '../components/print-styles'
import { sumOf } from '../components/till-words'
import { bankingPage, bankingsPage, tillSessionPage } from '../till-routes'

/** One bag: its sums, the tills that it came from, and its cheques; it prints as the slip beside the bag. */
export default function BankingPage() {
  const { bankingId } = bankingPage.useParams()
  const banking = useQuery(readBankingOptions({ path: { banking_id: bankingId } }))
  if (banking.data) return <Bag banking={banking.data} />
  return (
    <StaffPage title="Banking" where={<TextLink href={bankingsPage.href()}>Banking</TextLink>}>
      <Loaded query={banking} failed="The banking could not be opened">
        {() => null}
      </Loaded>
    </StaffPage>
  )
}

function Bag({ banking }: { banking: BankingDetail }) {
  return (
    <StaffPage
      title={`Banking ${banking.reference}`}
      where={<TextLink href={bankingsPage.href()}>Banking</TextLink>}
      facts={`${banking.location_name}, ${formatDayAndTime(banking.banked_at)}, by ${banking.banked_by_name}`}
      actions={
        <>
          <Button
            size="sm"
            variant="secondary"
            onClick={() => {
              window.print()
            }}
          >
            Print
          </Button>
          <ButtonLink
            size="sm"
            variant="secondary"
            href={`/api/payments/bankings/${banking.id}/csv`}
            download
          >
            Download as CSV
          </ButtonLink>
        </>
      }
    >
      <PrintStyles />
      <Panel title="In the bag">
        <Sums
          sums={[
            { label: 'Cash', detail: 'Counted, without the floats', cents: banking.cash_cents },
            { label: `Cheques, ${banking.cheques.length}`, cents: banking.cheque_cents },
          ]}
          total={{ label: 'Total', cents: banking.total_cents }}
        />
      </Panel>
      <Panel title="From" flush>
        <RowList
          inset
          rows={banking.sessions.map((found) => ({
            key: found.id,
            title: (
              <TextLink href={tillSessionPage.href({ params: { sessionId: found.id } })}>
                {found.till_name}
              </TextLink>
            ),
            detail: `${found.cashier_name}, closed ${formatDayAndTime(found.closed_at ?? found.opened_at)}, float ${formatMoney(found.float_cents)}`,
            end: <Money cents={(sumOf(found, 'cash')?.counted_cents ?? 0) - found.float_cents} />,
          }))}
        />
      </Panel>
      {banking.cheques.length > 0 ? (
        <Panel title="Cheques" flush>
          <RowList
            inset
            rows={banking.cheques.map((cheque, index) => ({
              key: `${cheque.number}-${index}`,
              title: (
                <>
                  {`${cheque.number}, ${cheque.drawer}`} {cheque.dishonoured_at ? <Tag>Came back</Tag> : null}
                </>
              ),
              detail: cheque.paid_for,
              end: <Money cents={cheque.amount_cents} />,
            }))}
          />
        </Panel>
      ) : null}
    </StaffPage>
  )
}
