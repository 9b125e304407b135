import { useState } from 'react'
import { Button } from '@ag.ds-next/react/button'
import { TextLink } from '@ag.ds-next/react/text-link'
import { Facts, formatAddress, formatDayAndTime, Notice, Panel, slimButtons } from '@banksia/kit'
import { decideRemoval, type RemovalRead } from '../../api'
import { filePage } from '../../routes'
import { ActDialog, Consequences } from './act-dialog'
import { DocumentLink, KeptNotice } from './removal-parts'

/** A request that waits for a decision; whoever made it reads that another person decides. */
export function AskedPanel({ removal }: { removal: RemovalRead }) {
  const [deciding, setDeciding] = useState<'approve' | 'refuse'>()
  return (
    <Panel title={removal.document_title}>
      <div css={{ display: 'grid', gap: '1rem' }}>
        <KeptNotice removal={removal} />
        <Facts
          of={[
            ['Document', <DocumentLink key="document" removal={removal} />],
            [
              'Property',
              <TextLink key="property" href={filePage.href({ params: { propertyId: removal.property_id } })}>
                {formatAddress(removal.property_label)}
              </TextLink>,
            ],
            ['Reason', removal.reason],
            ['Asked for by', `${removal.requested_by_name}, ${formatDayAndTime(removal.created_at)}`],
          ]}
        />
        {removal.is_mine ? (
          <Notice tone="info" title="Another administrator decides">
            You asked for this yourself. Nobody decides about their own request.
          </Notice>
        ) : (
          <div css={{ display: 'flex', flexWrap: 'wrap', gap: '0.75rem', ...slimButtons }}>
            <Button
              size="sm"
              aria-label={`Approve removal of ${removal.document_title}`}
              onClick={() => {
                setDeciding('approve')
              }}
            >
              Approve removal
            </Button>
            <Button
              size="sm"
              variant="secondary"
              aria-label={`Refuse removal of ${removal.document_title}`}
              onClick={() => {
                setDeciding('refuse')
              }}
            >
              Refuse removal
            </Button>
          </div>
        )}
      </div>
      {deciding ? (
        <DecideDialog
          removal={removal}
          approve={deciding === 'approve'}
          onClose={() => {
            setDeciding(undefined)
          }}
        />
      ) : null}
    </Panel>
  )
}

interface DecideDialogProps {
  removal: RemovalRead
  approve: boolean
  onClose: () => void
}

function DecideDialog({ removal, approve, onClose }: DecideDialogProps) {
  return (
    <ActDialog
      title={`${approve ? 'Remove' : 'Keep'} “${removal.document_title}”`}
      label={approve ? 'Note for the log (optional)' : 'Why it stays'}
      needed={approve ? undefined : 'Enter why it stays. It stands in the document’s log.'}
      button={approve ? 'Approve removal' : 'Refuse removal'}
      most={500}
      onClose={onClose}
      send={(note) =>
        decideRemoval({ path: { removal_id: removal.id }, body: { approve, note }, throwOnError: true })
      }
    >
      <Consequences lines={approve ? approving(removal) : refusing} />
    </ActDialog>
  )
}

const refusing = [
  'The document stays in its folder, as it is.',
  'The request, your name and your words stand in the log.',
  'Every administrator is told.',
]

function approving({ kept_because }: RemovalRead): string[] {
  return [
    'The document leaves its folder and search at once.',
    'For at least 90 days any administrator can restore it, under In isolation.',
    kept_because
      ? 'It is not destroyed while it has to be kept; it waits in isolation.'
      : 'After that it is destroyed for good. Title, hash and log stay.',
  ]
}
