import { type PropsWithChildren, useState } from 'react'
import { Button } from '@ag.ds-next/react/button'
import { TextLink } from '@ag.ds-next/react/text-link'
import { Facts, formatDayAndTime, formatMoney, Panel, useMay } from '@banksia/kit'
import type { ReviewCaseRead } from '../api'
import { casePage } from '../provider-routes'
import { payablePage } from '../routes'
import { CaseEvidence } from './case-evidence'
import { ResolveDialog, type Resolution, resolutionLabel } from './resolve-dialog'
import { caseTitles, resolutionWords } from './words'

/** One case: what happened, its evidence, and the sensible ways out. */
export function CasePanel({ found, linked = true }: { found: ReviewCaseRead; linked?: boolean }) {
  const may = useMay('payments.review.resolve')
  const [chosen, setChosen] = useState<Resolution>()
  return (
    <Panel
      title={linked ? caseTitles[found.kind] : 'What happened'}
      hint={<Breaking>{`${found.reference}, ${formatDayAndTime(found.created_at)}`}</Breaking>}
      edge={found.resolution ? undefined : 'error'}
      action={
        linked ? (
          <TextLink href={casePage.href({ params: { caseId: found.id } })}>
            <Breaking>{`History of ${found.reference}`}</Breaking>
          </TextLink>
        ) : undefined
      }
    >
      <div css={{ display: 'grid', gap: '0.5rem' }}>
        <About found={found} />
        <CaseEvidence found={found} />
        {found.resolution ? (
          <Facts
            of={[
              [
                'Resolved',
                `${resolutionWords[found.resolution]}, by ${found.resolved_by_name ?? 'somebody'}${
                  found.resolved_at ? `, ${formatDayAndTime(found.resolved_at)}` : ''
                }: ${found.resolution_reason ?? ''}`,
              ],
            ]}
          />
        ) : null}
      </div>
      {may && !found.resolution ? (
        <div css={{ display: 'flex', flexWrap: 'wrap', gap: '0.75rem', marginTop: '1rem' }}>
          {waysOut(found).map((resolution, index) => (
            <Button
              key={resolution}
              size="sm"
              variant={index === 0 ? 'primary' : 'secondary'}
              onClick={() => {
                setChosen(resolution)
              }}
            >
              {resolutionLabel(found, resolution)}
            </Button>
          ))}
        </div>
      ) : null}
      {chosen ? (
        <ResolveDialog
          found={found}
          resolution={chosen}
          onClose={() => {
            setChosen(undefined)
          }}
        />
      ) : null}
    </Panel>
  )
}

/** The provider's ids are long words: on a phone they break rather than push the page wide. */
function Breaking({ children }: PropsWithChildren) {
  return <span css={{ overflowWrap: 'anywhere', whiteSpace: 'normal' }}>{children}</span>
}

/** Closing without moving money comes last: it is the way out when nothing else is right. */
function waysOut(found: ReviewCaseRead): readonly Resolution[] {
  const order: readonly Resolution[] = ['record', 'refund', 'reinstate', 'dismiss']
  return order.filter((resolution) => found.possible.includes(resolution))
}

/** What it is about, when it is about something that is owed. */
function About({ found }: { found: ReviewCaseRead }) {
  if (found.payable_id === null) return null
  return (
    <Facts
      of={[
        [
          'Order',
          <TextLink key="order" href={payablePage.href({ params: { payableId: found.payable_id } })}>
            {found.reference}
          </TextLink>,
        ],
        found.total_cents !== null && ['Owed', formatMoney(found.total_cents)],
        found.payment_cents !== null && ['Came in', formatMoney(found.payment_cents)],
      ]}
    />
  )
}
