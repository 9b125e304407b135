import type { ReactNode } from 'react'
import { CheckIcon } from '@ag.ds-next/react/icon'
import { colour } from '../theme/tokens'

export interface TimelineEvent {
  title: ReactNode
  /** When it was, or when it is expected: `Due by Wed 25 Nov`. */
  detail?: ReactNode
  state: 'done' | 'now' | 'ahead'
}

/** What has happened, what is happening, and in grey what comes. */
export function Timeline({ events }: { events: readonly TimelineEvent[] }) {
  return (
    <ol css={{ listStyle: 'none', fontSize: '0.9375rem' }}>
      {events.map((event, index) => (
        <li
          key={index}
          aria-current={event.state === 'now' ? 'step' : undefined}
          css={{
            position: 'relative',
            paddingLeft: '2rem',
            paddingBottom: index === events.length - 1 ? 0 : '0.75rem',
          }}
        >
          {index < events.length - 1 ? <Line done={event.state === 'done'} /> : null}
          <Dot state={event.state} />
          <span
            css={{
              display: 'block',
              lineHeight: 1.35,
              fontWeight: event.state === 'now' ? 'bold' : 'normal',
              color: event.state === 'ahead' ? colour.foregroundMuted : undefined,
            }}
          >
            {event.title}
          </span>
          {event.detail ? (
            <span css={{ display: 'block', fontSize: '0.875rem', color: colour.foregroundMuted }}>
              {event.detail}
            </span>
          ) : null}
        </li>
      ))}
    </ol>
  )
}

function Line({ done }: { done: boolean }) {
  return (
    <span
      css={{
        position: 'absolute',
        left: '0.5625rem',
        top: '1.125rem',
        bottom: '-0.125rem',
        width: 2,
        background: done ? colour.systemSuccess : colour.borderMuted,
      }}
    />
  )
}

function Dot({ state }: { state: TimelineEvent['state'] }) {
  const ring = { done: colour.systemSuccess, now: colour.foregroundAction, ahead: colour.borderMuted }[state]
  return (
    <span
      css={{
        position: 'absolute',
        left: 0,
        top: '0.0625rem',
        width: '1.25rem',
        height: '1.25rem',
        boxSizing: 'border-box',
        display: 'flex',
        alignItems: 'center',
        justifyContent: 'center',
        borderRadius: '50%',
        border: `${state === 'now' ? 6 : 2}px solid ${ring}`,
        background: state === 'done' ? colour.systemSuccess : colour.backgroundBody,
        color: colour.backgroundBody,
        '& svg': { width: '0.75rem', height: '0.75rem', strokeWidth: 4 },
      }}
    >
      {state === 'done' ? <CheckIcon aria-hidden="false" aria-label="Done:" /> : null}
    </span>
  )
}
