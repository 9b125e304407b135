import { useInfiniteQuery, useMutation, useQuery } from '@tanstack/react-query'
import { TextLink } from '@ag.ds-next/react/text-link'
import {
  ActionButton,
  fileHref,
  byCursor,
  DataTable,
  ErrorPanel,
  formatDay,
  Loaded,
  Money,
  Notice,
  amountColumn,
  PagedList,
  Panel,
  type Period,
  PeriodFilter,
  RowCard,
  Sums,
  useMay,
} from '@banksia/kit'
import {
  listAccountMovementsInfiniteOptions,
  mailStatementMutation,
  readStatementOptions,
  type AccountMovementRead,
  type FirmAccountRead,
} from '../api'
import { kindWords } from './ledger-words'
import { PayableLink } from './payable-link'

interface AccountStatementProps {
  account: FirmAccountRead
  period: Period
  onPeriod: (period: Period) => void
}

/** The account over some days: on the page, as PDF, as CSV and by mail. */
export function AccountStatement({ account, period, onPeriod }: AccountStatementProps) {
  const path = { account_id: account.id }
  const statement = useQuery(readStatementOptions({ path, query: period }))
  const movements = useInfiniteQuery({
    ...listAccountMovementsInfiniteOptions({ path, query: { ...period, limit: 50 } }),
    ...byCursor,
  })
  const file = (ending: string) =>
    fileHref(`/api/payments/accounts/${account.id}/statement.${ending}`, { ...period })
  return (
    <>
      <PeriodFilter period={period} onChange={onPeriod} />
      <Panel
        title="Statement"
        action={
          <span css={{ display: 'inline-flex', gap: '1rem' }}>
            <TextLink href={file('pdf')}>PDF</TextLink>
            <TextLink href={file('csv')}>CSV</TextLink>
          </span>
        }
      >
        <Loaded query={statement} failed="The statement could not be made">
          {(read) => (
            <Sums
              sums={[
                { label: 'Owed at the start', cents: read.opening_cents },
                { label: 'Charged', cents: read.charged_cents },
                { label: 'Paid and given back', cents: 0 - read.settled_cents },
                ...read.ageing
                  .filter(({ amount_cents }) => amount_cents > 0)
                  .map(({ label, amount_cents }) => ({
                    label: `Of what is owed at the end: ${label.toLowerCase()}`,
                    cents: amount_cents,
                  })),
              ]}
              total={{ label: 'Owed at the end', cents: read.closing_cents }}
            />
          )}
        </Loaded>
        <MailStatement account={account} period={period} />
      </Panel>
      <PagedList
        query={movements}
        failed="The movements could not be loaded"
        empty="Nothing was bought or paid on account in these days."
        shown={['movement', 'movements']}
      >
        {(rows) => <Movements rows={rows} />}
      </PagedList>
    </>
  )
}

function MailStatement({ account, period }: { account: FirmAccountRead; period: Period }) {
  const may = useMay('payments.accounts.manage')
  const mail = useMutation(mailStatementMutation())
  if (!may || !account.email) return null
  return (
    <div css={{ display: 'grid', gap: '0.75rem', marginTop: '1rem', justifyItems: 'start' }}>
      {mail.error ? <ErrorPanel title="The statement was not sent" error={mail.error} /> : null}
      {mail.data ? (
        <Notice tone="success" role="status" title={`The statement is on its way to ${mail.data.to}`} />
      ) : null}
      <ActionButton
        size="sm"
        variant="secondary"
        loading={mail.isPending}
        onClick={() => {
          const body = { from_on: period.from, until_on: period.until }
          mail.mutate({ path: { account_id: account.id }, body })
        }}
      >
        {`Mail it to ${account.email}`}
      </ActionButton>
    </div>
  )
}

function Movements({ rows }: { rows: readonly AccountMovementRead[] }) {
  return (
    <DataTable
      caption="Movements of the account"
      rows={rows}
      rowKey={(row) => row.id}
      columns={[
        { key: 'when', header: 'Date', width: '8rem', cell: (row) => formatDay(row.happened_at) },
        {
          key: 'what',
          header: 'For',
          cell: (row) => (
            <>
              <PayableLink payableId={row.payable_id} reference={row.reference} />
              <span className="detail">{kindWords(row.kind)}</span>
            </>
          ),
        },
        { key: 'who', header: 'Recorded by', wideOnly: true, cell: (row) => row.recorded_by },
        amountColumn,
        { key: 'owed', header: 'Owed', align: 'right', cell: (row) => <Money cents={row.balance_cents} /> },
      ]}
      card={(row) => (
        <RowCard
          top={formatDay(row.happened_at)}
          topEnd={<Money cents={row.amount_cents} />}
          title={<PayableLink payableId={row.payable_id} reference={row.reference} />}
          start={kindWords(row.kind)}
          end={<Money cents={row.balance_cents} />}
        />
      )}
    />
  )
}
