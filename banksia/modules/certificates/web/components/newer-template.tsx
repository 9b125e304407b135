import { useMutation, useQueryClient } from '@tanstack/react-query'
import { ActionButton, ErrorPanel, Notice, slimButtons } from '@banksia/kit'
import { readDraftOptions, takeNewestTemplateMutation, type DraftRead } from '../api'

/** A newer template came into force: the certificate keeps its own until the officer takes the new one. */
export function NewerTemplate({ draft, editable }: { draft: DraftRead; editable: boolean }) {
  const queryClient = useQueryClient()
  const path = { line_id: draft.line.id }
  const take = useMutation({
    ...takeNewestTemplateMutation(),
    onSuccess: async (next) => {
      queryClient.setQueryData(readDraftOptions({ path }).queryKey, next)
      await queryClient.invalidateQueries()
    },
  })
  const newest = draft.newer_template
  if (newest === null) return null
  const handedOver = draft.line.state === 'to_check' || draft.line.state === 'checked'
  return (
    <Notice tone="info" title={`Version ${String(newest)} of the template is in force`}>
      <p>
        {`This certificate is made with ${draft.template_number === 0 ? 'the text that came before it' : `version ${String(draft.template_number)}`} and stays so unless you take the new one.`}{' '}
        {handedOver
          ? 'To take it, have the certificate sent back first.'
          : 'Answers that still fit are kept.'}
      </p>
      {take.error ? <ErrorPanel title="The new template was not taken" error={take.error} /> : null}
      {editable ? (
        <p css={{ marginTop: '0.75rem', ...slimButtons }}>
          <ActionButton
            size="sm"
            variant="secondary"
            loading={take.isPending}
            onClick={() => {
              take.mutate({ path, body: { version: draft.version, template_number: newest } })
            }}
          >
            {`Use version ${String(newest)}`}
          </ActionButton>
        </p>
      ) : null}
    </Notice>
  )
}
