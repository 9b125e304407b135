import { Facts, formatDayAndTime, formatLongDate, Notice, Panel, Tag } from '@banksia/kit'
import type { SigningRead } from '../api'

/** Whether the next certificate is signed, with what, and how long that lasts. */
export function SigningStanding({ signing }: { signing: SigningRead }) {
  const { in_use } = signing
  return (
    <>
      <Warning signing={signing} />
      <Panel title="Certificate in use" action={<Tag>{signing.is_signing ? 'Signing' : 'Not signing'}</Tag>}>
        {in_use ? (
          <Facts
            labels="11rem"
            of={[
              ['Signs as', <strong key="subject">{in_use.subject}</strong>],
              ['Vouched for by', in_use.is_own_make ? 'nobody: made here for the demo' : in_use.issuer],
              ['Valid', `${formatLongDate(in_use.valid_from)} to ${formatLongDate(in_use.valid_until)}`],
              ['Key', `${in_use.key_kind}, sealed and never shown`],
              ['Serial number', <Long key="serial" text={in_use.serial} />],
              ['SHA-256', <Long key="fingerprint" text={in_use.fingerprint} />],
              [
                'Time stamp',
                signing.timestamp_server === null
                  ? 'none: the council’s own clock'
                  : `by ${signing.timestamp_server}`,
              ],
              ['Saved', `${formatDayAndTime(in_use.saved_at)} by ${in_use.set_by_name}`],
            ]}
          />
        ) : (
          <p>
            There is none yet, so certificates are issued unsigned. Upload one below to sign those that are
            issued from then on.
          </p>
        )}
      </Panel>
    </>
  )
}

function Warning({ signing }: { signing: SigningRead }) {
  if (!signing.in_use || !signing.ends_soon) return null
  const day = formatLongDate(signing.in_use.valid_until)
  if (!signing.has_ended)
    return (
      <Notice tone="warning" title={`The signing certificate ends on ${day}`}>
        <p>
          Order its successor now and upload it below before that day. What is signed already stays valid.
        </p>
      </Notice>
    )
  return (
    <Notice tone="error" title={`The signing certificate ended on ${day}`}>
      <p>
        {signing.is_wanted
          ? 'No certificate can be issued until its successor is uploaded below. What is signed already stays valid.'
          : 'Certificates are issued unsigned. What is signed already stays valid.'}
      </p>
    </Notice>
  )
}

function Long({ text }: { text: string }) {
  return <code css={{ overflowWrap: 'anywhere' }}>{text}</code>
}
