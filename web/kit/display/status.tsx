import { StatusBadge, type StatusBadgeTone } from '@ag.ds-next/react/status-badge'

/** The product's words for states; always word, icon and tone together. */
export const statusTones = {
  'Awaiting payment': 'notStartedLow',
  Paid: 'successMedium',
  'Part payment': 'successMedium',
  'Needs review': 'errorMedium',
  Refunded: 'infoLow',
  'Part refunded': 'infoLow',
  Expired: 'cannotStartLow',
  Cancelled: 'cannotStartLow',
  Queued: 'notStartedLow',
  'Being prepared': 'inProgressLow',
  Drafted: 'infoMedium',
  'To check': 'infoMedium',
  Checked: 'successLow',
  Issued: 'successMedium',
  'Ready to download': 'successMedium',
  'On hold': 'pausedLow',
  'Waiting for you': 'warningMedium',
  'Cannot issue': 'cannotStartLow',
  Superseded: 'infoLow',
  Current: 'successMedium',
  Proposed: 'notStartedLow',
  Historic: 'infoLow',
  Unknown: 'warningMedium',
  Open: 'successMedium',
  Closed: 'cannotStartLow',
  On: 'successMedium',
  Off: 'notStartedLow',
  'To approve': 'warningMedium',
  Received: 'notStartedLow',
  Checking: 'inProgressLow',
  'To review': 'warningMedium',
  Applying: 'inProgressLow',
  Applied: 'successMedium',
  Reverting: 'inProgressLow',
  Reverted: 'infoLow',
  Discarded: 'cannotStartLow',
  Sent: 'successLow',
  Sending: 'inProgressLow',
  Failed: 'errorMedium',
  'Given up': 'errorMedium',
  Failing: 'warningMedium',
  Paused: 'pausedLow',
  'Switched off': 'errorMedium',
  'Came back': 'errorMedium',
  'Being destroyed': 'inProgressLow',
  Destroyed: 'infoLow',
  'Ready to load': 'warningMedium',
  Loading: 'inProgressLow',
  Loaded: 'successMedium',
  'Taking back': 'inProgressLow',
  'Taken back': 'infoLow',
} as const satisfies Record<string, StatusBadgeTone>

export type StatusWord = keyof typeof statusTones

/** How far the money of something that was sold is, by the names that payments and orders share. */
export const moneyWords = {
  awaiting_payment: 'Awaiting payment',
  paid: 'Paid',
  part_refunded: 'Part refunded',
  refunded: 'Refunded',
  needs_review: 'Needs review',
  expired: 'Expired',
  cancelled: 'Cancelled',
} as const satisfies Record<string, StatusWord>

interface StatusProps {
  word: StatusWord
  /** With an outline, beside a title; plain in tables and lists. */
  outlined?: boolean
}

export function Status({ word, outlined = false }: StatusProps) {
  return (
    // The badge sits on the bottom of its line and has a fixed text size: both are wrong in a dense row.
    <span
      css={{
        display: 'inline-flex',
        alignItems: 'center',
        '& > div': { gap: '0.375rem' },
        '& span': { fontSize: outlined ? '0.9375rem' : 'inherit', lineHeight: 1.35 },
        '& svg': { width: '1.125rem', height: '1.125rem' },
      }}
    >
      <StatusBadge appearance={outlined ? 'regular' : 'subtle'} label={word} tone={statusTones[word]} />
    </span>
  )
}
