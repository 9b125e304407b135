import { Facts, type Fact, formatDayAndTime, formatMoney } from '@banksia/kit'
import { TextLink } from '@ag.ds-next/react/text-link'
import type { ReviewCaseRead } from '../api'
import { disputePage } from '../provider-routes'
import { disputeWords, movementWords, spoken } from './words'

type Evidence = Record<string, unknown>

const money = (value: unknown) => (typeof value === 'number' ? formatMoney(value) : '')
const words = (value: unknown) =>
  typeof value === 'string' || typeof value === 'number' ? String(value) : ''
const record = (value: unknown): Evidence =>
  typeof value === 'object' && value !== null ? (value as Evidence) : {}
const when = (value: unknown) => (typeof value === 'string' && value ? formatDayAndTime(value) : '')

const stateWords: Record<string, string | undefined> = disputeWords
const differenceWords: Record<string, string> = {
  amount: 'the amount',
  currency: 'the currency',
  reference: 'our reference',
  livemode: 'whether real money moved',
}

/** What is known about a case, in words for its kind. */
export function CaseEvidence({ found }: { found: ReviewCaseRead }) {
  return <Facts of={evidenceOf(found)} />
}

function evidenceOf(found: ReviewCaseRead): readonly Fact[] {
  const evidence: Evidence = found.evidence
  switch (found.kind) {
    case 'mismatch':
    case 'paid_late':
    case 'duplicate':
      return paymentEvidence(evidence)
    case 'refund_failed':
      return [
        ['To go back', money(evidence.amount_cents)],
        ['Reason of the refund', words(evidence.reason)],
        ['Why it failed', spoken(words(evidence.failure))],
      ]
    case 'dispute':
      return disputeEvidence(evidence)
    case 'not_in_ledger':
    case 'not_at_provider':
      return movementEvidence(found.kind, evidence)
  }
}

function paymentEvidence(evidence: Evidence): readonly Fact[] {
  const told = record(evidence.provider_says)
  const asked = record(evidence.we_expected)
  const differences = Array.isArray(evidence.differences) ? evidence.differences.map(words) : []
  const payment = words(told.payment_id)
  return [
    ['Asked for', money(asked.amount_cents)],
    ['The provider says', `${money(told.amount_cents)} ${words(told.currency).toUpperCase()}`],
    differences.length > 0 && [
      'What differs',
      differences.map((name) => differenceWords[name] ?? name).join(', '),
    ],
    Boolean(evidence.money_was) && ['It was', spoken(words(evidence.money_was))],
    payment !== '' && ['Payment at the provider', payment],
  ]
}

function disputeEvidence(evidence: Evidence): readonly Fact[] {
  const state = words(evidence.state)
  return [
    ['Disputed', money(evidence.amount_cents)],
    ['The bank’s reason', spoken(words(evidence.reason))],
    ['State when opened', stateWords[state] ?? spoken(state)],
    Boolean(evidence.evidence_due_at) && ['Answer by', when(evidence.evidence_due_at)],
    [
      'Evidence',
      <TextLink key="evidence" href={disputePage.href({ params: { disputeId: words(evidence.dispute_id) } })}>
        {`Open dispute ${words(evidence.provider_dispute_id)}`}
      </TextLink>,
    ],
  ]
}

function movementEvidence(kind: 'not_in_ledger' | 'not_at_provider', evidence: Evidence): readonly Fact[] {
  const what = words(evidence.kind)
  const other = words(kind === 'not_in_ledger' ? evidence.ledger_has : evidence.provider_has)
  return [
    ['Movement', movementWords[what] ?? spoken(what)],
    ['Amount', money(evidence.amount_cents)],
    typeof evidence.fee_cents === 'number' && evidence.fee_cents !== 0 && ['Fee', money(evidence.fee_cents)],
    ['At the provider', words(evidence.source)],
    ['When', when(evidence.happened_at)],
    [
      kind === 'not_in_ledger' ? 'The ledger has' : 'The provider has',
      other === '' ? 'nothing under this number' : other,
    ],
    Boolean(evidence.payout_id) && ['In payout', words(evidence.payout_id)],
    Boolean(evidence.recorded_by) && ['Recorded by', words(evidence.recorded_by)],
  ]
}
