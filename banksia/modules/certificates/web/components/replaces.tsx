import { Notice } from '@banksia/kit'
import type { DraftRead } from '../api'

const because = {
  mistake: 'it held a mistake',
  facts_changed: 'what council knows of the land has changed',
  asked: 'the customer asked for another',
} as const

/** The certificate is to replace an issued one, which stays valid until then. */
export function Replaces({ draft: { replaces } }: { draft: DraftRead }) {
  if (!replaces) return null
  const why = replaces.because && replaces.because !== 'other' ? ` because ${because[replaces.because]}` : ''
  return (
    <Notice tone="info" title={`Replaces ${replaces.number}${why}`}>
      {replaces.reason ? <p>{replaces.reason}</p> : null}
      <p>{`${replaces.number} stays valid until this one is issued.`}</p>
    </Notice>
  )
}
