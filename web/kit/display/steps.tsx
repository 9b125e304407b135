import { CheckIcon } from '@ag.ds-next/react/icon'
import { TextLink } from '@ag.ds-next/react/text-link'
import { colour, PHONE, visuallyHidden } from '../theme/tokens'

export interface Step {
  label: string
  /** Where a step that is done can be opened again. */
  href?: string
}

interface StepsProps {
  steps: readonly Step[]
  /** The index of the present one, from 0. */
  current: number
}

/** The line of steps under the header: done ones are links, on a phone only the present one has its word. */
export function Steps({ steps, current }: StepsProps) {
  return (
    <nav
      aria-label="Steps"
      css={{ background: colour.backgroundShade, borderBottom: `1px solid ${colour.borderMuted}` }}
    >
      <div
        css={{
          boxSizing: 'border-box',
          maxWidth: '74rem',
          margin: '0 auto',
          padding: '0.75rem 2rem',
          display: 'flex',
          alignItems: 'center',
          justifyContent: 'space-between',
          [PHONE]: { padding: '0.75rem 1rem' },
        }}
      >
        <ol css={{ display: 'flex', gap: '2rem', listStyle: 'none', [PHONE]: { gap: '0.5rem' } }}>
          {steps.map((step, index) => (
            <StepItem
              key={step.label}
              step={step}
              number={index + 1}
              state={index < current ? 'done' : index === current ? 'now' : 'ahead'}
            />
          ))}
        </ol>
        <span
          css={{
            display: 'none',
            color: colour.foregroundMuted,
            fontSize: '0.875rem',
            [PHONE]: { display: 'inline' },
          }}
        >
          Step {current + 1} of {steps.length}
        </span>
      </div>
    </nav>
  )
}

function StepItem({ step, number, state }: { step: Step; number: number; state: 'done' | 'now' | 'ahead' }) {
  const filled = state !== 'ahead'
  return (
    <li
      aria-current={state === 'now' ? 'step' : undefined}
      css={{ display: 'flex', alignItems: 'center', gap: '0.5rem', fontSize: '0.9375rem' }}
    >
      <span
        css={{
          display: 'inline-flex',
          alignItems: 'center',
          justifyContent: 'center',
          width: '1.5rem',
          height: '1.5rem',
          boxSizing: 'border-box',
          borderRadius: '50%',
          border: `1px solid ${filled ? colour.foregroundAction : colour.border}`,
          background: filled ? colour.foregroundAction : 'transparent',
          color: filled ? colour.backgroundBody : colour.foregroundMuted,
          fontSize: '0.8125rem',
          fontWeight: 'bold',
        }}
      >
        {state === 'done' ? <CheckIcon size="sm" aria-hidden="false" aria-label="Done:" /> : number}
      </span>
      <span
        css={{
          fontWeight: state === 'now' ? 'bold' : 'normal',
          color: state === 'ahead' ? colour.foregroundMuted : colour.foregroundText,
          [PHONE]: state === 'now' ? {} : visuallyHidden,
        }}
      >
        {state === 'done' && step.href ? <TextLink href={step.href}>{step.label}</TextLink> : step.label}
      </span>
    </li>
  )
}
