import { useMutation, useQueryClient } from '@tanstack/react-query'
import { ActionButton, ErrorPanel, Panel } from '@banksia/kit'
import { closeAccountMutation, reopenAccountMutation, type FirmAccountRead } from '../api'

/** Close an account that owes nothing, or open it again; its history stays either way. */
export function AccountUse({ account }: { account: FirmAccountRead }) {
  const queryClient = useQueryClient()
  const onSuccess = () => queryClient.invalidateQueries()
  const close = useMutation({ ...closeAccountMutation(), onSuccess })
  const reopen = useMutation({ ...reopenAccountMutation(), onSuccess })
  const act = account.closed_at ? reopen : close
  const error = close.error ?? reopen.error
  return (
    <Panel title={account.closed_at ? 'Open it again' : 'Close the account'}>
      {error ? <ErrorPanel title="The account was not changed" error={error} /> : null}
      <p css={{ margin: '0.5rem 0 1rem' }}>
        {account.closed_at
          ? 'The firm can then buy on account again, up to its limit.'
          : 'Nothing more goes on it. It stays in the books, and can be opened again. It has to owe nothing.'}
      </p>
      <ActionButton
        size="sm"
        variant="secondary"
        loading={act.isPending}
        onClick={() => {
          act.mutate({ path: { account_id: account.id } })
        }}
      >
        {account.closed_at ? `Open ${account.code} again` : `Close ${account.code}`}
      </ActionButton>
    </Panel>
  )
}
