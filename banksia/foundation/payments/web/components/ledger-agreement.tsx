import { formatMoney, Notice, Panel, RowList, Money } from '@banksia/kit'
import type { ReportRead } from '../api'
import { kindWords } from './ledger-words'

/** The ledger of the same days, and whether the report adds up to it. */
export function LedgerAgreement({ report }: { report: ReportRead }) {
  return (
    <Panel
      title="The ledger of the same days"
      hint="What is not in the report is about nothing that was sold."
      flush
    >
      <div css={{ padding: '1rem 1rem 0.5rem' }}>
        {report.agrees ? (
          <Notice tone="success" title="The report adds up to the ledger, to the cent." />
        ) : (
          <Notice tone="error" title="The report does not add up to the ledger.">
            Do not use it. Open the checks of the books to see what is wrong.
          </Notice>
        )}
      </div>
      <RowList
        inset
        rows={report.ledger.map((sum) => ({
          key: `${sum.kind} ${String(sum.reported)}`,
          title: kindWords(sum.kind),
          detail: `${sum.entries.toLocaleString('en-AU')} ${sum.entries === 1 ? 'entry' : 'entries'}, ${
            sum.reported ? 'in the report' : 'not in the report'
          }`,
          end: <Money cents={sum.amount_cents} />,
        }))}
      />
      {report.ledger.length === 0 ? (
        <p css={{ padding: '0.5rem 1rem 1rem' }}>{`No money moved: ${formatMoney(0)}.`}</p>
      ) : null}
    </Panel>
  )
}
