import { useMutation, useQueryClient } from '@tanstack/react-query'
import { ActionButton, ErrorPanel, Notice, useMay, useNavigateTo, useShortcuts } from '@banksia/kit'
import { startNextLineMutation } from '../api'
import { draftPage } from '../staff-routes'
import { isOfQueue } from './of-queue'

/** Takes the most urgent line and opens it; says when nothing waits, or why none was taken. */
export function StartNext() {
  const mayPrepare = useMay('certificates.lines.prepare')
  const navigate = useNavigateTo()
  const queryClient = useQueryClient()
  const next = useMutation({
    ...startNextLineMutation(),
    onSuccess: ({ line_id }) => {
      if (line_id) navigate(draftPage.href({ params: { lineId: line_id } }))
    },
    // Not waited for: what became of it is told at once.
    onSettled: () => {
      void queryClient.invalidateQueries({ predicate: ({ queryKey }) => isOfQueue(queryKey) })
    },
  })
  // Until its page stands here, another press would take a second line.
  const isUnderWay = next.isPending || Boolean(next.data?.line_id)
  const start = () => {
    if (!isUnderWay) next.mutate({})
  }
  useShortcuts(mayPrepare ? [{ key: 'n', label: 'Start the next one', run: start }] : [])
  if (!mayPrepare) return null
  return (
    <>
      {next.error ? <ErrorPanel title="Nothing was started" error={next.error} /> : null}
      {next.data?.line_id === null ? (
        <Notice tone="info" role="status" title="Nothing waits in the queue." />
      ) : null}
      <ActionButton size="sm" loading={isUnderWay} onClick={start}>
        Start the next one
      </ActionButton>
    </>
  )
}
