import { Notice } from '@banksia/kit'
import type { DraftRead } from '../api'

interface HowIssuedProps {
  told: DraftRead['straight_through']
  state: DraftRead['line']['state']
}

/** Whether a certificate went out by itself; while it is open, why an officer has to look at it. */
export function HowIssued({ told, state }: HowIssuedProps) {
  if (!told) return null
  if (told.issued) return state === 'issued' ? <Notice tone="success" title={told.words} /> : null
  if (state === 'issued' || state === 'cannot_issue') return null
  return (
    <Notice tone="info" title="Needs an officer">
      <ul css={{ paddingLeft: '1.25rem' }}>
        {told.reasons.map(({ code, words }) => (
          <li key={code + words}>{words}</li>
        ))}
      </ul>
    </Notice>
  )
}
