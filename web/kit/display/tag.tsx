import type { PropsWithChildren } from 'react'
import { colour, RADIUS, WARNING_WORDS } from '../theme/tokens'

const tones = {
  urgent: {
    words: WARNING_WORDS,
    edge: colour.systemWarning,
    background: colour.systemWarningMuted,
    bold: true,
  },
  changed: {
    words: colour.systemInfo,
    edge: colour.systemInfo,
    background: colour.backgroundBody,
    bold: false,
  },
  plain: {
    words: colour.foregroundMuted,
    edge: colour.border,
    background: colour.backgroundBody,
    bold: false,
  },
} as const

/** A small outlined word beside what it says something of: `Urgent` amber, `Changed` blue. */
export function Tag({ tone = 'plain', children }: PropsWithChildren<{ tone?: keyof typeof tones }>) {
  const { words, edge, background, bold } = tones[tone]
  return (
    <span
      css={{
        display: 'inline-block',
        padding: '0 0.375rem',
        border: `1px solid ${edge}`,
        borderRadius: RADIUS.control,
        background,
        color: words,
        fontSize: '0.8125rem',
        fontWeight: bold ? 'bold' : 'normal',
        lineHeight: '1.375rem',
        whiteSpace: 'nowrap',
      }}
    >
      {children}
    </span>
  )
}

export const UrgentTag = () => <Tag tone="urgent">Urgent</Tag>
export const ChangedTag = () => <Tag tone="changed">Changed</Tag>
