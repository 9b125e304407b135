import { useQuery } from '@tanstack/react-query'
import { TextLink } from '@ag.ds-next/react/text-link'
import { formatDayAndTime, formatMoney, Loaded, StaffPage } from '@banksia/kit'
import { readCurrentTillOptions, type TillSessionRead } from '../api'
import { CloseTillForm } from '../components/close-till-form'
import { OpenTillForm } from '../components/open-till-form'
import { SessionSums } from '../components/session-sums'
import { Takings } from '../components/takings'
import { placeOf, sumOf } from '../components/till-words'
import { tillSessionsPage } from '../till-routes'

/** Your till: open it with its float in the morning, close it with a count in the evening. */
export default function TillPage() {
  const current = useQuery(readCurrentTillOptions())
  if (current.data?.session) return <OpenTill found={current.data.session} />
  return (
    <StaffPage
      title="Till"
      facts="Money at the counter goes into the till that you have open."
      actions={<TextLink href={tillSessionsPage.href()}>All till sessions</TextLink>}
    >
      <div css={{ maxWidth: '40rem' }}>
        <Loaded query={current} failed="Your till could not be looked up">
          {() => <OpenTillForm />}
        </Loaded>
      </div>
    </StaffPage>
  )
}

function OpenTill({ found }: { found: TillSessionRead }) {
  return (
    <StaffPage
      title={placeOf(found)}
      facts={`${formatMoney(sumOf(found, 'cash')?.expected_cents ?? 0)} in cash. Open since ${formatDayAndTime(found.opened_at)}.`}
      actions={<TextLink href={tillSessionsPage.href()}>All till sessions</TextLink>}
      aside={<CloseTillForm found={found} />}
    >
      <SessionSums found={found} />
      <Takings sessionId={found.id} />
    </StaffPage>
  )
}
