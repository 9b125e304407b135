import { useState } from 'react'
import { useQuery } from '@tanstack/react-query'
import { TextLink } from '@ag.ds-next/react/text-link'
import { dayOf, formatDate, formatDay, Loaded, Panel, RowList, StaffPage, Views } from '@banksia/kit'
import { readCalendarOptions, type ClosedDaysRead, type WorkingCalendarRead } from '../api'
import { ClosedDaysForm } from '../components/closed-days-form'
import { ClosedDaysList } from '../components/closed-days-list'
import { calendarPage } from '../staff-routes'

/** The days on which the council works, and what that does to due dates. */
export default function CalendarPage() {
  const search = calendarPage.useSearch()
  const thisYear = Number(dayOf(new Date()).slice(0, 4))
  const year = search.year ?? thisYear
  const calendar = useQuery(readCalendarOptions({ query: { year } }))
  const [changing, setChanging] = useState<ClosedDaysRead>()
  const years = [...new Set([thisYear - 1, thisYear, thisYear + 1, thisYear + 2, year])].sort()
  return (
    <StaffPage
      title="Working days"
      where={<TextLink href="/settings">Settings</TextLink>}
      facts={
        calendar.data
          ? `${String(calendar.data.working_days)} working days in ${String(year)}. A certificate is due so many working days after it is paid.`
          : undefined
      }
      views={
        <Views
          label="Year"
          views={years.map((each) => ({
            label: String(each),
            href: calendarPage.href({ search: { year: each } }),
          }))}
          active={calendarPage.href({ search: { year } })}
        />
      }
    >
      <Loaded query={calendar} failed="The calendar could not be loaded">
        {(read) => (
          <div
            css={{
              display: 'grid',
              gap: '1.25rem',
              gridTemplateColumns: 'minmax(0, 1fr) minmax(0, 23rem)',
              alignItems: 'start',
              '@media (max-width: 1199px)': { gridTemplateColumns: 'minmax(0, 1fr)' },
            }}
          >
            <div css={{ display: 'grid', gap: '1.25rem' }}>
              <ClosedDaysList
                closed={read.closed}
                year={year}
                onChange={(entry) => {
                  setChanging(entry)
                }}
              />
              <Panel title={changing ? `Change “${changing.name}”` : 'Close the council on more days'}>
                <ClosedDaysForm
                  key={changing?.from_on ?? 'new'}
                  entry={changing}
                  onDone={() => {
                    setChanging(undefined)
                  }}
                />
              </Panel>
            </div>
            <div css={{ display: 'grid', gap: '1.25rem' }}>
              <DueNow read={read} />
              <Holidays read={read} />
            </div>
          </div>
        )}
      </Loaded>
    </StaffPage>
  )
}

function DueNow({ read }: { read: WorkingCalendarRead }) {
  return (
    <Panel title="Ordered and paid now" hint={`On ${formatDate(read.today)}.`} flush>
      <RowList
        inset
        rows={read.due.map((each) => ({
          key: each.product,
          title: each.title,
          detail: each.urgent_due_on ? `Urgent, due by ${formatDay(each.urgent_due_on)}` : undefined,
          end: `Due by ${formatDay(each.due_on)}`,
        }))}
      />
    </Panel>
  )
}

function Holidays({ read }: { read: WorkingCalendarRead }) {
  return (
    <Panel
      title={`Public holidays of ${read.state}`}
      hint="Those of the whole state; they need not be entered. Add a local holiday as closed days."
      flush
    >
      <RowList
        inset
        rows={read.holidays.map(({ on, name }) => ({ key: on, title: name, end: formatDate(on) }))}
      />
    </Panel>
  )
}
