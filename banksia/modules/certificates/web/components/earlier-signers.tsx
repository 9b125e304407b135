import { formatLongDate, Panel, RowList } from '@banksia/kit'
import type { SigningCertificateRead } from '../api'

/** The certificates that were replaced: what they signed can still be checked against them. */
export function EarlierSigners({ signers }: { signers: SigningCertificateRead[] }) {
  if (signers.length === 0) return null
  return (
    <Panel title="Earlier certificates" hint="What they signed stays valid">
      <RowList
        rows={signers.map((signer) => ({
          key: `${signer.fingerprint}${signer.saved_at}`,
          title: signer.subject,
          detail: (
            <>
              Valid {formatLongDate(signer.valid_from)} to {formatLongDate(signer.valid_until)}
              {signer.replaced_at === null ? '' : `, replaced ${formatLongDate(signer.replaced_at)}`}
              <br />
              <code css={{ overflowWrap: 'anywhere' }}>{signer.fingerprint}</code>
            </>
          ),
        }))}
      />
    </Panel>
  )
}
