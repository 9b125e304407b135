import { useState } from 'react'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Button } from '@ag.ds-next/react/button'
import {
  ActionButton,
  CopyButton,
  Dialog,
  ErrorPanel,
  Facts,
  formatDayAndTime,
  Panel,
  Tag,
} from '@banksia/kit'
import { checkProviderAccountMutation, removeProviderAccountMutation, type ProviderAccountRead } from '../api'

const sources: Record<ProviderAccountRead['source'], string> = {
  council: 'The council’s own account',
  installation: 'The account of this installation, which other councils may share',
  none: 'None: nobody can pay online',
}

/** Whose account it is, when it was last tested, and where the provider's messages go. */
export function ProviderStanding({ account }: { account: ProviderAccountRead }) {
  const own = account.source === 'council'
  return (
    <Panel
      title="Account in use"
      action={account.source === 'none' ? null : <Tag>{account.livemode ? 'Real money' : 'Test only'}</Tag>}
    >
      <Facts
        of={[
          ['Payments go to', sources[account.source]],
          account.account !== null && ['Account', account.account],
          account.key_hint !== null && ['Secret key', `ends in ${account.key_hint}, never shown again`],
          account.tested_at !== null && ['Last tested', formatDayAndTime(account.tested_at)],
          account.set_by_name !== null && ['Saved by', account.set_by_name],
          [
            'Address for messages',
            <span key="address" css={{ display: 'inline-flex', flexWrap: 'wrap', gap: '0.5rem' }}>
              <span css={{ overflowWrap: 'anywhere' }}>{account.webhook_url}</span>
              <CopyButton text={account.webhook_url}>Copy the address</CopyButton>
            </span>,
          ],
        ]}
      />
      {own ? <Acts /> : null}
    </Panel>
  )
}

function Acts() {
  const queryClient = useQueryClient()
  const [removing, setRemoving] = useState(false)
  const check = useMutation({
    ...checkProviderAccountMutation(),
    onSuccess: () => queryClient.invalidateQueries(),
  })
  return (
    <div css={{ display: 'grid', gap: '0.75rem', marginTop: '1rem' }}>
      {check.error ? <ErrorPanel title="The key does not work" error={check.error} /> : null}
      {check.isSuccess ? <p role="status">The provider accepts the key.</p> : null}
      <div css={{ display: 'flex', flexWrap: 'wrap', gap: '0.75rem' }}>
        <ActionButton
          size="sm"
          variant="secondary"
          loading={check.isPending}
          onClick={() => {
            check.mutate({})
          }}
        >
          Test the key
        </ActionButton>
        <Button
          size="sm"
          variant="secondary"
          onClick={() => {
            setRemoving(true)
          }}
        >
          Remove the keys
        </Button>
      </div>
      {removing ? (
        <RemoveDialog
          onClose={() => {
            setRemoving(false)
          }}
        />
      ) : null}
    </div>
  )
}

function RemoveDialog({ onClose }: { onClose: () => void }) {
  const queryClient = useQueryClient()
  const remove = useMutation({
    ...removeProviderAccountMutation(),
    onSuccess: async () => {
      await queryClient.invalidateQueries()
      onClose()
    },
  })
  return (
    <Dialog
      open
      title="Remove the council’s keys"
      onClose={onClose}
      actions={
        <>
          <ActionButton
            size="sm"
            loading={remove.isPending}
            onClick={() => {
              remove.mutate({})
            }}
          >
            Remove the keys
          </ActionButton>
          <Button size="sm" variant="secondary" onClick={onClose}>
            Keep them
          </Button>
        </>
      }
    >
      {remove.error ? <ErrorPanel title="The keys were not removed" error={remove.error} /> : null}
      <ul css={{ paddingLeft: '1.25rem' }}>
        <li>Online payments go to the installation’s account, or stop when it has none.</li>
        <li>Payments that were made with these keys can no longer be refunded from here.</li>
        <li>The keys are deleted. To use them again, copy them from the provider.</li>
      </ul>
    </Dialog>
  )
}
