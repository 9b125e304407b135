import { useInfiniteQuery } from '@tanstack/react-query'
import {
  byCursor,
  DataTable,
  FindForm,
  formatDate,
  formatDayAndTime,
  formatMoney,
  PagedList,
  RowCard,
  StaffPage,
  whenColumn,
} from '@banksia/kit'
import { listEntriesInfiniteOptions, type EntryRead } from '../api'
import { VerificationPanel } from '../components/verification'
import { logPage } from '../routes'

/** `certificates.order_placed` as a person says it. */
export function actionInWords(action: string): string {
  const words = action.slice(action.indexOf('.') + 1).replaceAll('_', ' ')
  return words.charAt(0).toUpperCase() + words.slice(1)
}

function detailOf(entry: EntryRead): string {
  return Object.entries(entry.detail)
    .filter(([, value]) => value !== null)
    .map(([key, value]) => `${spoken(key)}: ${told(value, key.endsWith('_cents'))}`)
    .join(', ')
}

const spoken = (key: string) => key.replace(/_cents$/, '').replaceAll('_', ' ')

function told(value: unknown, isCents: boolean): string {
  if (typeof value === 'boolean') return value ? 'yes' : 'no'
  if (typeof value === 'number' && isCents) return formatMoney(value)
  if (Array.isArray(value)) return value.map((each) => told(each, isCents)).join(', ')
  if (typeof value === 'object' && value !== null)
    return Object.entries(value)
      .map(([key, each]) => `${spoken(key)} ${told(each, isCents || key.endsWith('_cents'))}`)
      .join(', ')
  const text = String(value)
  if (/^\d{4}-\d\d-\d\dT\d\d:\d\d/.test(text)) return formatDayAndTime(text)
  return /^\d{4}-\d\d-\d\d$/.test(text) ? formatDate(text) : text
}

/** Who did what when, newest first, and whether the chain holds. */
export default function LogPage() {
  const { action, subject } = logPage.useSearch()
  const setSearch = logPage.useSetSearch()
  const query = { limit: 50, action, subject_id: subject }
  const entries = useInfiniteQuery({
    ...listEntriesInfiniteOptions({ query }),
    ...byCursor,
  })
  return (
    <StaffPage
      title="Audit log"
      facts="What people and the system did. Entries are never changed or removed."
    >
      <div css={{ display: 'grid', gap: '1rem' }}>
        <VerificationPanel />
        <FindForm
          label="Action"
          button="Show"
          value={action}
          onFind={(text) => setSearch({ action: text })}
          hint="As written by the system, such as auth.signed_in"
          applied={action ? `Only ${action}` : 'Everything, newest first'}
        />
        <PagedList
          query={entries}
          failed="The log could not be loaded"
          empty="Nothing is recorded for this action. Check how it is written."
          shown={['entry', 'entries']}
        >
          {(rows) => (
            <DataTable
              caption="Audit log"
              rows={rows}
              rowKey={(entry) => entry.id}
              columns={[
                whenColumn('When', (entry: EntryRead) => entry.occurred_at),
                {
                  key: 'who',
                  header: 'Who',
                  width: '14rem',
                  cell: (entry) => (
                    <>
                      {entry.actor_name}
                      <span className="detail">{entry.actor_kind}</span>
                    </>
                  ),
                },
                {
                  key: 'what',
                  header: 'What',
                  cell: (entry) => (
                    <>
                      {actionInWords(entry.action)}
                      <span className="detail">{entry.action}</span>
                    </>
                  ),
                },
                {
                  key: 'detail',
                  header: 'Detail',
                  wideOnly: true,
                  cell: (entry) => <span className="detail">{detailOf(entry)}</span>,
                },
                {
                  key: 'number',
                  header: 'Entry',
                  align: 'right',
                  width: '6rem',
                  cell: (entry) => entry.sequence,
                },
              ]}
              card={(entry) => (
                <RowCard
                  top={formatDayAndTime(entry.occurred_at)}
                  topEnd={`Entry ${String(entry.sequence)}`}
                  title={actionInWords(entry.action)}
                  detail={detailOf(entry)}
                  start={entry.actor_name}
                  end={entry.actor_kind}
                />
              )}
            />
          )}
        </PagedList>
      </div>
    </StaffPage>
  )
}
