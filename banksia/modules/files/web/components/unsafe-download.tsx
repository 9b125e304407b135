import { ButtonLink } from '@ag.ds-next/react/button'
import { Notice, useMay } from '@banksia/kit'
import type { DocumentDetail } from '../api'
import { contentOf } from './words'

const INFECTED = 'files.documents.infected'
const DAMAGED = 'files.documents.damaged'

/** Whether the server hands the bytes out to nobody who does not ask for them although a virus or damage was found. */
export const isUnsafe = ({ latest, bytes_state }: DocumentDetail) =>
  latest.virus_scan === 'infected' || bytes_state === 'damaged'

/** Whether one may have the bytes of a version in which a virus was found. */
export const useMayInfected = () => useMay(INFECTED)

/** The bytes in which a virus was found, or which are damaged, for who may have them, with what they can do. */
export function UnsafeDownload({ read }: { read: DocumentDetail }) {
  const mayInfected = useMayInfected()
  const mayDamaged = useMay(DAMAGED)
  const { latest } = read
  const infected = latest.virus_scan === 'infected'
  const damaged = read.bytes_state === 'damaged'
  if ((infected && !mayInfected) || (damaged && !mayDamaged)) return null
  const asked = new URLSearchParams({
    ...(infected ? { infected: 'true' } : {}),
    ...(damaged ? { damaged: 'true' } : {}),
  })
  return (
    <Notice
      tone={infected ? 'error' : 'warning'}
      title={infected ? `${latest.virus_name} was found in this file` : 'This file is damaged'}
    >
      <div css={{ display: 'grid', gap: '0.75rem', justifyItems: 'start' }}>
        {infected ? (
          <p>
            Opening it can harm this computer and all that it reaches. Take it only to a machine that is kept
            apart.
          </p>
        ) : null}
        {damaged ? (
          <p>
            Its bytes are not those that were stored: it may not open, or show something else than the paper.
            Decide nothing by it, and do not send it on.
          </p>
        ) : null}
        <p>That you took it is in the log.</p>
        <ButtonLink
          size="sm"
          variant="secondary"
          href={`${contentOf(read.id, latest.number)}?${asked.toString()}`}
        >
          {infected ? 'Download the infected file' : 'Download the damaged file'}
        </ButtonLink>
      </div>
    </Notice>
  )
}
