import { useState } from 'react'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Button } from '@ag.ds-next/react/button'
import { Textarea } from '@ag.ds-next/react/textarea'
import { TextLink } from '@ag.ds-next/react/text-link'
import { Dialog, ErrorPanel, Facts, formatDayAndTime, formatMoney, Panel, useMay } from '@banksia/kit'
import { resolveReviewCaseMutation, type ReviewCaseRead } from '../api'
import { payablePage } from '../routes'
import { caseTitles, resolutionWords } from './words'

type Resolution = ReviewCaseRead['possible'][number]

/** One case: what happened, its evidence, and the sensible ways out. */
export function CasePanel({ found }: { found: ReviewCaseRead }) {
  const may = useMay('payments.review.resolve')
  const [chosen, setChosen] = useState<Resolution>()
  const label = (resolution: Resolution) =>
    resolution === 'refund'
      ? `Refund ${formatMoney(found.payment_cents ?? found.total_cents)}`
      : resolutionWords[resolution]
  return (
    <Panel
      title={caseTitles[found.kind]}
      hint={`${found.reference}, ${formatDayAndTime(found.created_at)}`}
      edge={found.resolution ? undefined : 'error'}
    >
      <Facts
        of={[
          [
            'Order',
            <TextLink key="order" href={payablePage.href({ params: { payableId: found.payable_id } })}>
              {found.reference}
            </TextLink>,
          ],
          ['Owed', formatMoney(found.total_cents)],
          found.payment_cents === null ? null : ['Came in', formatMoney(found.payment_cents)],
          ...Object.entries(found.evidence).map(
            ([key, value]) =>
              [key.replaceAll('_', ' '), typeof value === 'string' ? value : JSON.stringify(value)] as const,
          ),
          found.resolution
            ? [
                'Resolved',
                `${resolutionWords[found.resolution]} by ${found.resolved_by_name ?? ''}: ${found.resolution_reason ?? ''}`,
              ]
            : null,
        ]}
      />
      {may && !found.resolution ? (
        <div css={{ display: 'flex', flexWrap: 'wrap', gap: '0.75rem', marginTop: '1rem' }}>
          {found.possible.map((resolution, index) => (
            <Button
              key={resolution}
              size="sm"
              variant={index === 0 ? 'primary' : 'secondary'}
              onClick={() => {
                setChosen(resolution)
              }}
            >
              {label(resolution)}
            </Button>
          ))}
        </div>
      ) : null}
      {chosen ? (
        <ResolveDialog
          found={found}
          resolution={chosen}
          label={label(chosen)}
          onClose={() => {
            setChosen(undefined)
          }}
        />
      ) : null}
    </Panel>
  )
}

interface ResolveDialogProps {
  found: ReviewCaseRead
  resolution: Resolution
  label: string
  onClose: () => void
}

function ResolveDialog({ found, resolution, label, onClose }: ResolveDialogProps) {
  const [reason, setReason] = useState('')
  const queryClient = useQueryClient()
  const resolve = useMutation({
    ...resolveReviewCaseMutation(),
    onSuccess: async () => {
      await queryClient.invalidateQueries()
      onClose()
    },
  })
  const send = () => {
    resolve.mutate({ path: { case_id: found.id }, body: { resolution, reason: reason.trim() } })
  }
  return (
    <Dialog
      open
      title={label}
      onClose={onClose}
      actions={
        <>
          <Button size="sm" loading={resolve.isPending} onClick={send}>
            {label}
          </Button>
          <Button size="sm" variant="secondary" onClick={onClose}>
            Leave it open
          </Button>
        </>
      }
    >
      {resolve.error ? <ErrorPanel title="The case was not resolved" error={resolve.error} /> : null}
      <Textarea
        label="Reason, for the books"
        hideOptionalLabel
        block
        rows={3}
        value={reason}
        onChange={(event) => {
          setReason(event.target.value)
        }}
      />
    </Dialog>
  )
}
