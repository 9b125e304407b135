import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { Button } from '@ag.ds-next/react/button'
import { byCursor, formatTime, KeyHints, PagedList, StaffPage, Views } from '@banksia/kit'
import {
  countLinesOptions,
  listLinesInfiniteOptions,
  type QueueCounts,
  type QueueLineRead,
  type SavedFilterRead,
} from '../api'
import { BatchProgress } from '../components/batch-progress'
import { NOT_NARROWED, QueueFilters, useApplied } from '../components/queue-filters'
import { QueueTable } from '../components/queue-table'
import { SavedFilters, useSavedFilters } from '../components/saved-filters'
import { StartNext } from '../components/start-next'
import { queuePage, queueSearch } from '../staff-routes'

const VIEWS = [
  { view: 'mine', label: 'Mine' },
  { view: 'unassigned', label: 'Unassigned' },
  { view: 'due_today', label: 'Due today' },
  { view: 'overdue', label: 'Overdue', alert: true },
  { view: 'to_check', label: 'To check' },
  { view: 'on_hold', label: 'On hold' },
  { view: 'all_open', label: 'All open' },
  { view: 'issued', label: 'Issued' },
] as const

const NOTHING: Record<(typeof VIEWS)[number]['view'], string> = {
  mine: 'Nothing is assigned to you. Start the next one.',
  unassigned: 'Everything has an officer.',
  due_today: 'Nothing is due today.',
  overdue: 'Nothing is overdue.',
  to_check: 'Nothing waits for a second officer.',
  on_hold: 'Nothing is on hold.',
  all_open: 'Nothing waits in the queue.',
  issued: 'No certificate is issued yet.',
}

type QueueSearch = ReturnType<typeof queuePage.useSearch>

/** What is late, what is next: the officers' day. */
export default function QueuePage() {
  const search = queuePage.useSearch()
  const { view, team, product, state, q, sort } = search
  const counts = useQuery({ ...countLinesOptions({ query: { team } }), refetchInterval: 60_000 })
  const urgent = search.urgent === undefined ? undefined : search.urgent === 'yes'
  const lines = useInfiniteQuery({
    ...listLinesInfiniteOptions({
      query: { view, team, product, state, urgent, q: q ?? '', sort, limit: 50 },
    }),
    ...byCursor,
    placeholderData: (before) => before,
  })
  const narrowed = Boolean(team ?? product ?? state ?? search.urgent ?? q)
  const applied = useApplied()
  const { filters, mayShare } = useSavedFilters('queue')
  const here = hrefOf(search)
  const shown = filters.find((kept) => savedHref(kept) === here)
  // From a saved filter a view leads back to everything that it has.
  const kept = shown ? { sort } : search
  return (
    <StaffPage
      title="Certificate queue"
      facts={
        counts.data ? `${counts.data.team_name}. Updated ${formatTime(counts.data.counted_at)}.` : undefined
      }
      actions={<StartNext />}
      views={
        <Views
          label="Queue"
          views={[
            ...VIEWS.map((each) => viewOf(each, kept, counts.data)),
            ...filters.map((each) => ({ label: each.name, href: savedHref(each) })),
          ]}
          active={here}
        />
      }
    >
      <div css={{ display: 'grid', gap: '0.75rem' }}>
        {search.batch ? <BatchProgress batchId={search.batch} /> : null}
        <QueueFilters />
        <SavedFilters
          search={{ place: 'queue', ...search }}
          narrowed={narrowed}
          shown={shown}
          mayShare={mayShare}
        />
        <PagedList
          query={lines}
          failed="The queue could not be loaded"
          empty={
            narrowed ? `Nothing in this view matches ${applied.join(', ') || 'its filters'}.` : NOTHING[view]
          }
          emptyAction={narrowed ? <ShowAll /> : undefined}
          shown={shownInWords}
          skeleton={8}
          beside={
            <KeyHints
              hints={[
                { keys: ['J', 'K'], does: 'move' },
                { keys: ['Enter'], does: 'open' },
                { keys: ['A'], does: 'assign to me' },
                { keys: ['N'], does: 'start the next one' },
                { keys: ['?'], does: 'all keys' },
              ]}
            />
          }
        >
          {(rows) => <QueueTable lines={rows} />}
        </PagedList>
      </div>
    </StaffPage>
  )
}

/** `50 shown, 3 late.` */
function shownInWords(rows: readonly QueueLineRead[]): string {
  const late = rows.filter(
    ({ working_days_left, clock_stopped }) => working_days_left < 0 && !clock_stopped,
  ).length
  return `${String(rows.length)} shown${late > 0 ? `, ${String(late)} late` : ''}.`
}

/** One address for one search, in whichever order its parts come. */
function hrefOf({ view, team, product, state, urgent, q, sort }: Partial<QueueSearch>): string {
  return queuePage.href({ search: { view, team, product, state, urgent, q, sort } })
}

/** Where a saved filter leads: the address that it was saved from. */
function savedHref({ search }: SavedFilterRead): string {
  return hrefOf(queueSearch.parse(search))
}

function viewOf(each: (typeof VIEWS)[number], search: Partial<QueueSearch>, counts: QueueCounts | undefined) {
  const count = counts && each.view !== 'issued' ? counts[each.view] : undefined
  return {
    label: each.label,
    href: hrefOf({ ...search, view: each.view }),
    count,
    alert: 'alert' in each && Boolean(count),
  }
}

/** The view without what it was narrowed to. */
function ShowAll() {
  const setSearch = queuePage.useSetSearch()
  return (
    <Button
      size="sm"
      variant="secondary"
      onClick={() => {
        setSearch(NOT_NARROWED)
      }}
    >
      Clear the filters
    </Button>
  )
}
