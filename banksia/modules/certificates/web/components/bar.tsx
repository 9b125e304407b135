import type { ReactNode } from 'react'
import { Money } from '@banksia/kit'

/** At the bottom of a phone: the sum and one button. */
export function SumBar({ label, cents, action }: { label: string; cents: number; action: ReactNode }) {
  return (
    <div
      css={{
        display: 'flex',
        width: '100%',
        alignItems: 'center',
        justifyContent: 'space-between',
        gap: '1rem',
      }}
    >
      <span>
        <span css={{ display: 'block', fontSize: '0.875rem' }}>{label}</span>
        <strong css={{ fontSize: '1.25rem' }}>
          <Money cents={cents} />
        </strong>
      </span>
      {action}
    </div>
  )
}
