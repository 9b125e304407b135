import { useInfiniteQuery } from '@tanstack/react-query'
import {
  byCursor,
  DataTable,
  formatDayAndTime,
  formatMoney,
  Money,
  amountColumn,
  PagedList,
  RowCard,
  Tag,
  whenColumn,
} from '@banksia/kit'
import { listTakingsInfiniteOptions, type TakingRead } from '../api'
import { PayableLink } from './payable-link'

const kinds: Record<TakingRead['kind'], string> = {
  counter_taking: 'Payment',
  account_payment: 'Towards an account',
  refund: 'Refund',
}

/** Everything that went into a till and came out of it. */
export function Takings({ sessionId }: { sessionId: string }) {
  const takings = useInfiniteQuery({
    ...listTakingsInfiniteOptions({ path: { session_id: sessionId }, query: { limit: 50 } }),
    ...byCursor,
  })
  return (
    <PagedList
      query={takings}
      failed="The takings could not be loaded"
      empty="Nothing has been taken into this till yet."
      shown={['movement', 'movements']}
    >
      {(rows) => (
        <DataTable
          caption="Takings"
          rows={rows}
          rowKey={(taking) => taking.id}
          columns={[
            whenColumn('When', (taking: TakingRead) => taking.happened_at),
            { key: 'for', header: 'For', cell: (taking) => <For taking={taking} /> },
            {
              key: 'method',
              header: 'Method',
              cell: (taking) => (
                <>
                  {taking.method === 'eftpos' ? 'EFTPOS' : taking.method === 'cash' ? 'Cash' : 'Cheque'}
                  <span className="detail">{detailOf(taking)}</span>
                </>
              ),
            },
            amountColumn,
          ]}
          card={(taking) => (
            <RowCard
              top={formatDayAndTime(taking.happened_at)}
              topEnd={<Money cents={taking.amount_cents} />}
              title={<For taking={taking} />}
              start={taking.method}
              end={detailOf(taking)}
            />
          )}
        />
      )}
    </PagedList>
  )
}

function For({ taking }: { taking: TakingRead }) {
  return (
    <>
      <PayableLink payableId={taking.payable_id} reference={taking.reference} />{' '}
      {taking.dishonoured ? <Tag>Came back</Tag> : null}
      <span className="detail">{kinds[taking.kind]}</span>
    </>
  )
}

function detailOf({ detail, change_cents }: TakingRead): string {
  return [detail, change_cents > 0 ? `change ${formatMoney(change_cents)}` : ''].filter(Boolean).join(', ')
}
