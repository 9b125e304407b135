import type { ComponentType } from 'react'
import {
  AlertFilledIcon,
  ClockIcon,
  type IconProps,
  PauseIcon,
  WarningFilledIcon,
} from '@ag.ds-next/react/icon'
import { type DueFacts, type DueKind, dueWords } from '../format/due'
import { colour } from '../theme/tokens'

const icons: Record<DueKind, { icon: ComponentType<IconProps>; color: 'error' | 'warning' | 'muted' }> = {
  late: { icon: AlertFilledIcon, color: 'error' },
  today: { icon: WarningFilledIcon, color: 'warning' },
  ahead: { icon: ClockIcon, color: 'muted' },
  stopped: { icon: PauseIcon, color: 'muted' },
}

/** When something is due: how late or how soon, with its icon, and the date under it. */
export function Due({ now, ...facts }: DueFacts & { now?: Date }) {
  const { kind, words, date } = dueWords(facts, now)
  const { icon: Icon, color } = icons[kind]
  const urgent = kind === 'late' || kind === 'today'
  return (
    <span css={{ display: 'inline-flex', gap: '0.375rem', alignItems: 'flex-start' }}>
      <Icon color={color} size="sm" css={{ marginTop: '0.2em' }} />
      <span>
        <span
          css={{
            display: 'block',
            fontWeight: urgent ? 'bold' : 'normal',
            color: kind === 'late' ? colour.systemError : colour.foregroundText,
            whiteSpace: 'nowrap',
          }}
        >
          {words}
        </span>
        <span
          css={{
            display: 'block',
            color: colour.foregroundMuted,
            fontSize: '0.8125rem',
            whiteSpace: 'nowrap',
          }}
        >
          {date}
        </span>
      </span>
    </span>
  )
}

/** The coloured left edge of a row or card: red when late, amber today, none else. */
export function dueEdge(facts: DueFacts, now?: Date): 'late' | 'today' | undefined {
  const { kind } = dueWords(facts, now)
  return kind === 'late' || kind === 'today' ? kind : undefined
}
