import { useMutation, useQueryClient } from '@tanstack/react-query'
import { ActionButton, ErrorPanel } from '@banksia/kit'
import { readDraftOptions, resumeLineMutation } from '../api'
import { isOfQueue } from './of-queue'

/** The customer has answered otherwise than on the order's page: the council's days go on. */
export function StartClock({ lineId }: { lineId: string }) {
  const queryClient = useQueryClient()
  const path = { line_id: lineId }
  const { queryKey } = readDraftOptions({ path })
  const resume = useMutation({
    ...resumeLineMutation(),
    onSuccess: (next) => {
      queryClient.setQueryData(queryKey, next)
    },
    onError: () => queryClient.invalidateQueries({ queryKey }), // who was faster is on the line now
    onSettled: () => {
      void queryClient.invalidateQueries({ predicate: (query) => isOfQueue(query.queryKey) })
    },
  })
  return (
    <>
      {resume.error ? <ErrorPanel title="The clock was not started" error={resume.error} /> : null}
      <ActionButton size="sm" loading={resume.isPending} onClick={() => resume.mutate({ path })}>
        Start the clock again
      </ActionButton>
    </>
  )
}
