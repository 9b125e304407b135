import { useQuery } from '@tanstack/react-query'
import { TextLink } from '@ag.ds-next/react/text-link'
import {
  Facts,
  formatDayAndTime,
  formatMoney,
  Loaded,
  Panel,
  StaffPage,
  Tag,
  useMay,
  useUser,
} from '@banksia/kit'
import { readTillSessionOptions, type TillSessionRead } from '../api'
import { CloseTillForm } from '../components/close-till-form'
import { SessionSums } from '../components/session-sums'
import { Takings } from '../components/takings'
import { placeOf } from '../components/till-words'
import { bankingPage, tillSessionPage, tillSessionsPage } from '../till-routes'

/** One clerk's time at a till, with all that went in and out. */
export default function TillSessionPage() {
  const { sessionId } = tillSessionPage.useParams()
  const found = useQuery(readTillSessionOptions({ path: { session_id: sessionId } }))
  if (found.data) return <Session found={found.data} />
  return (
    <StaffPage title="Till session" where={<TextLink href={tillSessionsPage.href()}>Tills</TextLink>}>
      <Loaded query={found} failed="The till session could not be opened">
        {() => null}
      </Loaded>
    </StaffPage>
  )
}

function Session({ found }: { found: TillSessionRead }) {
  const user = useUser()
  const supervises = useMay('payments.tills.supervise')
  const mayTake = useMay('payments.counter.take')
  const mayClose = found.state === 'open' && mayTake && (supervises || found.cashier_id === user?.id)
  return (
    <StaffPage
      title={placeOf(found)}
      where={<TextLink href={tillSessionsPage.href()}>Tills</TextLink>}
      badge={<Tag>{found.state === 'open' ? 'Open' : 'Closed'}</Tag>}
      facts={`${found.cashier_name}, since ${formatDayAndTime(found.opened_at)}`}
      aside={mayClose ? <CloseTillForm found={found} /> : <Closing found={found} />}
    >
      <SessionSums found={found} />
      <Takings sessionId={found.id} />
    </StaffPage>
  )
}

function Closing({ found }: { found: TillSessionRead }) {
  return (
    <Panel title="Closing">
      {found.closed_at ? (
        <Facts
          of={[
            ['Closed', formatDayAndTime(found.closed_at)],
            ['By', found.closed_by_name ?? ''],
            ['Difference', formatMoney(found.variance_cents ?? 0)],
            found.variance_reason ? ['Reason', found.variance_reason] : null,
            found.banking_id
              ? [
                  'Banked',
                  <TextLink key="bag" href={bankingPage.href({ params: { bankingId: found.banking_id } })}>
                    Open the banking
                  </TextLink>,
                ]
              : null,
          ]}
        />
      ) : (
        <p>{`${found.cashier_name} or a supervisor of tills closes it.`}</p>
      )}
    </Panel>
  )
}
