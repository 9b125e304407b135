import { useInfiniteQuery } from '@tanstack/react-query'
import { TextLink } from '@ag.ds-next/react/text-link'
import {
  byCursor,
  DataTable,
  formatDayAndTime,
  formatMoney,
  Money,
  PagedList,
  RowCard,
  StaffPage,
  Tag,
  Views,
} from '@banksia/kit'
import { listTillSessionsInfiniteOptions, type TillSessionRead } from '../api'
import { placeOf, sumOf } from '../components/till-words'
import { tillSessionPage, tillSessionsPage } from '../till-routes'

const hrefOf = (found: TillSessionRead) => tillSessionPage.href({ params: { sessionId: found.id } })

/** Who had which till open when, and how the count came out. */
export default function TillSessionsPage() {
  const { show } = tillSessionsPage.useSearch()
  const sessions = useInfiniteQuery({
    ...listTillSessionsInfiniteOptions({
      query: { state: show === 'open' ? 'open' : undefined, unbanked: show === 'unbanked', limit: 50 },
    }),
    ...byCursor,
  })
  const views = [
    { label: 'All', href: tillSessionsPage.href({ search: { show: 'all' } }) },
    { label: 'Open', href: tillSessionsPage.href({ search: { show: 'open' } }) },
    { label: 'To be banked', href: tillSessionsPage.href({ search: { show: 'unbanked' } }) },
  ]
  return (
    <StaffPage
      title="Tills"
      facts="Each time that a clerk had a till open."
      views={
        <Views label="Till sessions" views={views} active={tillSessionsPage.href({ search: { show } })} />
      }
    >
      <PagedList
        query={sessions}
        failed="The till sessions could not be loaded"
        empty={show === 'all' ? 'No till has been opened yet.' : 'There are none.'}
        shown={['session', 'sessions']}
      >
        {(rows) => (
          <DataTable
            caption="Till sessions"
            rows={rows}
            rowKey={(found) => found.id}
            rowHref={hrefOf}
            columns={[
              {
                key: 'till',
                header: 'Till',
                cell: (found) => (
                  <>
                    <TextLink href={hrefOf(found)}>{placeOf(found)}</TextLink>
                    <span className="detail">{found.cashier_name}</span>
                  </>
                ),
              },
              { key: 'opened', header: 'Opened', cell: (found) => formatDayAndTime(found.opened_at) },
              {
                key: 'closed',
                header: 'Closed',
                wideOnly: true,
                cell: (found) => (found.closed_at ? formatDayAndTime(found.closed_at) : ''),
              },
              {
                key: 'cash',
                header: 'Cash',
                align: 'right',
                cell: (found) => <Money cents={cashOf(found)} />,
              },
              {
                key: 'variance',
                header: 'Difference',
                align: 'right',
                cell: (found) =>
                  found.variance_cents === null ? '' : <Money cents={found.variance_cents} />,
              },
              { key: 'state', header: 'State', cell: (found) => <Tag>{stateOf(found)}</Tag> },
            ]}
            card={(found) => (
              <RowCard
                top={formatDayAndTime(found.opened_at)}
                topEnd={stateOf(found)}
                title={<TextLink href={hrefOf(found)}>{placeOf(found)}</TextLink>}
                start={found.cashier_name}
                end={`${formatMoney(cashOf(found))} in cash`}
              />
            )}
          />
        )}
      </PagedList>
    </StaffPage>
  )
}

function cashOf(found: TillSessionRead): number {
  const cash = sumOf(found, 'cash')
  return cash?.counted_cents ?? cash?.expected_cents ?? 0
}

function stateOf(found: TillSessionRead): string {
  if (found.state === 'open') return 'Open'
  return found.banking_id ? 'Banked' : 'Closed'
}
