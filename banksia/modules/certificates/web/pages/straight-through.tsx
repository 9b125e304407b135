import { useQuery } from '@tanstack/react-query'
import { TextLink } from '@ag.ds-next/react/text-link'
import { formatDayAndTime, Loaded, Panel, StaffPage } from '@banksia/kit'
import { readStraightThroughRulesOptions } from '../api'
import { StraightThroughForm } from '../components/straight-through-form'
import { StraightThroughShare } from '../components/straight-through-share'
import { standardAnswersPage } from '../staff-routes'

/** When a certificate goes out by itself, and how often that happened. */
export default function StraightThroughPage() {
  const rules = useQuery(readStraightThroughRulesOptions())
  const changed = rules.data?.changed_at
  return (
    <StaffPage
      title="Issue without an officer"
      where={<TextLink href="/settings">Settings</TextLink>}
      facts={
        changed ? `Changed ${formatDayAndTime(changed)} by ${rules.data?.changed_by_name ?? ''}.` : undefined
      }
      aside={<StraightThroughShare />}
    >
      <div css={{ display: 'grid', gap: '1.25rem', maxWidth: '52rem' }}>
        <Panel title="What this does">
          <div css={{ display: 'grid', gap: '0.5rem', maxWidth: '42em' }}>
            <p>
              When every answer of a certificate is known, fresh enough and undisputed, Banksia issues it
              within seconds of the payment and emails the customer. No officer sees it first. It is signed
              with the council’s officer title, and like every certificate it cannot be taken back, only
              replaced.
            </p>
            <p>
              If anything below speaks against it, the certificate goes to the queue with its answers filled
              in, and the order says why an officer has to look.
            </p>
            <p>
              <TextLink href={standardAnswersPage.href()}>Standard answers</TextLink>, which council gives for
              all of its land, count as known and never grow old. When one changes, pause first, change it,
              and end the pause.
            </p>
          </div>
        </Panel>
        <Panel title="Rules" hint="They hold for what is paid from now on.">
          <Loaded query={rules} failed="The rules could not be loaded">
            {(read) => <StraightThroughForm read={read} />}
          </Loaded>
        </Panel>
      </div>
    </StaffPage>
  )
}
