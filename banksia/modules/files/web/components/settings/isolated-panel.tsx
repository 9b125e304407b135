import { useMutation, useQueryClient } from '@tanstack/react-query'
import { ActionButton, ErrorPanel, Facts, formatDate, Panel, slimButtons } from '@banksia/kit'
import { restoreDocumentMutation, type RemovalRead } from '../../api'
import { decided, DocumentTitle, KeptNotice } from './removal-parts'

/** A document in isolation: until when it can be restored, and what keeps it from being destroyed. */
export function IsolatedPanel({ removal }: { removal: RemovalRead }) {
  const queryClient = useQueryClient()
  const restore = useMutation({
    ...restoreDocumentMutation(),
    onSuccess: () => queryClient.invalidateQueries(),
  })
  const day = removal.purge_after_at ? formatDate(removal.purge_after_at) : undefined
  return (
    <Panel>
      <div css={{ display: 'grid', gap: '1rem' }}>
        {restore.error ? <ErrorPanel title="The document was not restored" error={restore.error} /> : null}
        <div>
          <DocumentTitle removal={removal} />
        </div>
        <KeptNotice removal={removal} />
        <Facts
          of={[
            day
              ? ['Can be restored', `until ${day}${removal.kept_because ? '' : '; then it is destroyed'}`]
              : null,
            ['Reason', removal.reason],
            ['Asked for by', removal.requested_by_name],
            ['Decision', decided(removal)],
          ]}
        />
        <div css={slimButtons}>
          <ActionButton
            size="sm"
            variant="secondary"
            loading={restore.isPending}
            aria-label={`Restore to its folder: ${removal.document_title}`}
            onClick={() => {
              restore.mutate({ path: { removal_id: removal.id } })
            }}
          >
            Restore to its folder
          </ActionButton>
        </div>
      </div>
    </Panel>
  )
}
