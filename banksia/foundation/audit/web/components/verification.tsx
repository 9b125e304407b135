import type { ReactNode } from 'react'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'

import { ActionButton, ErrorPanel, formatDayAndTime, Loaded, Notice } from '@banksia/kit'
import { getVerificationOptions, verifyChainMutation, type ChainVerificationRead } from '../api'

/** Whether the log still says what was written into it. */
export function VerificationPanel() {
  const queryClient = useQueryClient()
  const latest = useQuery(getVerificationOptions())
  const verify = useMutation({
    ...verifyChainMutation(),
    onSuccess: (result) => {
      queryClient.setQueryData(getVerificationOptions().queryKey, result)
    },
  })
  const button = (
    <ActionButton
      variant="secondary"
      size="sm"
      loading={verify.isPending}
      onClick={() => {
        verify.mutate({})
      }}
    >
      Check it now
    </ActionButton>
  )
  if (verify.isError) return <ErrorPanel title="The log could not be checked" error={verify.error} />
  return (
    <Loaded query={latest} failed="The result of the last check could not be loaded">
      {(result) => <Verdict result={result} action={button} />}
    </Loaded>
  )
}

function Verdict({ result, action }: { result: ChainVerificationRead | null; action: ReactNode }) {
  if (!result) {
    return (
      <Notice tone="info" title="The log has not been checked yet">
        <p>Every entry carries a hash of the one before. It is checked every night. {action}</p>
      </Notice>
    )
  }
  const when = formatDayAndTime(result.created_at)
  if (result.broken_at !== null) {
    return (
      <Notice tone="error" role="alert" title={`The log was changed at entry ${String(result.broken_at)}`}>
        <p>
          {result.problem} Checked {when}. Tell whoever runs the servers, and keep the backups. {action}
        </p>
      </Notice>
    )
  }
  return (
    <Notice
      tone="success"
      title={`All ${result.entries.toLocaleString('en-AU')} entries are as they were written`}
    >
      <p>
        Checked {when}. {action}
      </p>
    </Notice>
  )
}
