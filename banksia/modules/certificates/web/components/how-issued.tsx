import { Notice } from '@banksia/kit'
import type { DraftRead } from '../api'

interface HowIssuedProps {
  told: DraftRead['straight_through']
  state: DraftRead['line']['state']
  /** Every question has its answer: what was unknown then is not any more. */
  answered: boolean
}

/** Whether a certificate went out by itself; while it is open, why an officer has to look at it. */
export function HowIssued({ told, state, answered }: HowIssuedProps) {
  if (!told) return null
  if (told.issued) return state === 'issued' ? <Notice tone="success" title={told.words} /> : null
  if (state === 'issued' || state === 'cannot_issue') return null
  const reasons = told.reasons.filter(({ code }) => !(answered && code === 'unknown'))
  if (reasons.length === 0) return null
  return (
    <Notice tone="info" title="Needs an officer">
      <ul css={{ paddingLeft: '1.25rem' }}>
        {reasons.map(({ code, words }) => (
          <li key={code + words}>{words}</li>
        ))}
      </ul>
    </Notice>
  )
}
