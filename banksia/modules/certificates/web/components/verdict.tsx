import { CopyButton, Facts, formatAddress, formatLongDate, Notice } from '@banksia/kit'
import type { SignerRead, VerificationRead } from '../api'

type Because = NonNullable<NonNullable<VerificationRead['certificate']>['superseded_because']>

const because: Record<Because, string> = {
  mistake: ' It held a mistake.',
  facts_changed: ' What council knows of the land had changed.',
  asked: ' Whoever ordered it asked for another.',
  other: '',
}

/** What council says of a certificate that somebody holds; by its file, or by what is printed on it. */
export function Verdict({ read, byFile = false }: { read: VerificationRead; byFile?: boolean }) {
  const { certificate } = read
  if (!certificate) return byFile ? <UnknownFile /> : <UnknownNumber />
  return (
    <div css={{ display: 'grid', gap: '1rem' }}>
      {read.result === 'superseded' ? (
        <Notice tone="warning" role="status" title="This certificate was replaced">
          <p>
            Council issued it, and replaced it by {certificate.superseded_by}
            {certificate.superseded_at ? ` on ${formatLongDate(certificate.superseded_at)}` : ''}.
            {certificate.superseded_because ? because[certificate.superseded_because] : ''} Do not rely on it
            any more.
          </p>
        </Notice>
      ) : (
        <Notice tone="success" role="status" title={`${certificate.council} issued this certificate`}>
          <p>
            {byFile
              ? 'The file is byte for byte what council issued, and nothing has replaced it.'
              : 'Nothing has replaced it. Compare what stands below with what you hold.'}
          </p>
        </Notice>
      )}
      <Facts
        of={[
          ['Certificate', <strong key="title">{certificate.title}</strong>],
          ['Number', certificate.number],
          ['Property', formatAddress(certificate.address)],
          ['Land', certificate.parcel_title],
          ['Issued', formatLongDate(certificate.issued_at)],
          certificate.signed_by !== null && [
            'Signed',
            <SignedBy key="signed" signer={certificate.signed_by} />,
          ],
          [
            'SHA-256 of the file',
            <span key="hash" css={{ overflowWrap: 'anywhere' }}>
              <code>{certificate.sha256}</code> <CopyButton text={certificate.sha256} />
            </span>,
          ],
        ]}
      />
    </div>
  )
}

const SignedBy = ({ signer }: { signer: SignerRead }) => (
  <>
    by {commonName(signer.subject)}, valid {formatLongDate(signer.valid_from)} to{' '}
    {formatLongDate(signer.valid_until)}
    {signer.is_own_make ? ' (made by the council itself for a demo)' : ''}. The SHA-256 of its certificate is{' '}
    <code css={{ overflowWrap: 'anywhere' }}>{signer.fingerprint}</code>
  </>
)

/** `Blue Hills Shire Council` of `CN=Blue Hills Shire Council,O=...`; a comma inside a name is escaped there. */
const commonName = (subject: string) =>
  /CN=((?:\\.|[^,\\])+)/.exec(subject)?.[1]?.replaceAll('\\', '') ?? subject

const UnknownNumber = () => (
  <Notice tone="error" role="alert" title="Council did not issue a certificate with this number and code">
    <p>Check both against the paper. If they are right, do not rely on it, and tell council.</p>
  </Notice>
)

const UnknownFile = () => (
  <Notice tone="error" role="alert" title="This file is not a certificate as council issued it">
    <p>
      It was changed after it was issued, or it does not come from here. Saving it from another program, or
      printing it to a file, changes it too. Ask for the file that council sent, or check the number and code
      that are printed on it.
    </p>
  </Notice>
)
