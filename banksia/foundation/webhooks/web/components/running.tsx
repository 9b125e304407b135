import { useState } from 'react'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Button } from '@ag.ds-next/react/button'
import {
  ActionButton,
  Dialog,
  ErrorPanel,
  formatDayAndTime,
  SecretOnce,
  slimButtons,
  useNavigateTo,
} from '@banksia/kit'
import {
  changeEndpointMutation,
  removeEndpointMutation,
  rotateSecretMutation,
  sendTestMutation,
  type EndpointRead,
} from '../api'
import { webhooksPage } from '../routes'

/** Test it, pause it, change its secret, take it away. */
export function Running({ endpoint }: { endpoint: EndpointRead }) {
  const queryClient = useQueryClient()
  const onSuccess = () => queryClient.invalidateQueries()
  const path = { endpoint_id: endpoint.id }
  const test = useMutation({ ...sendTestMutation(), onSuccess })
  const change = useMutation({ ...changeEndpointMutation(), onSuccess })
  const rotate = useMutation({ ...rotateSecretMutation(), onSuccess })
  const error = test.error ?? change.error ?? rotate.error
  const active = endpoint.state === 'active'
  return (
    <div css={{ display: 'grid', gap: '1rem' }}>
      <p>{words[endpoint.state]}</p>
      {error ? <ErrorPanel error={error} /> : null}
      {rotate.data ? (
        <SecretOnce title="Copy the new secret now" secret={rotate.data.secret} copy="Copy secret">
          <p>It is not shown again.</p>
        </SecretOnce>
      ) : null}
      {endpoint.old_secret_until && new Date(endpoint.old_secret_until) > new Date() ? (
        <p>The old secret signs along until {formatDayAndTime(endpoint.old_secret_until)}.</p>
      ) : null}
      <div css={{ display: 'flex', flexWrap: 'wrap', gap: '0.75rem', ...slimButtons }}>
        {active ? (
          <ActionButton size="sm" loading={test.isPending} onClick={() => test.mutate({ path })}>
            Send a test event
          </ActionButton>
        ) : null}
        <ActionButton
          size="sm"
          variant={active ? 'secondary' : 'primary'}
          loading={change.isPending}
          onClick={() => change.mutate({ path, body: { paused: active } })}
        >
          {active ? 'Pause' : 'Start again'}
        </ActionButton>
        <ActionButton
          size="sm"
          variant="secondary"
          loading={rotate.isPending}
          onClick={() => rotate.mutate({ path })}
        >
          Make a new secret
        </ActionButton>
        <Remove endpoint={endpoint} />
      </div>
      <p role="status" css={{ margin: 0 }}>
        {test.isSuccess ? 'The test is on its way. Its answer stands under Deliveries.' : ''}
      </p>
    </div>
  )
}

const words = {
  active: 'Messages are sent as soon as something happens.',
  paused: 'Paused: nothing is sent, and what happens meanwhile is not sent later.',
  disabled: 'Switched off after failing for days: nothing is sent.',
} as const satisfies Record<EndpointRead['state'], string>

function Remove({ endpoint }: { endpoint: EndpointRead }) {
  const [open, setOpen] = useState(false)
  const queryClient = useQueryClient()
  const navigate = useNavigateTo()
  const remove = useMutation({
    ...removeEndpointMutation(),
    onSuccess: async () => {
      navigate(webhooksPage.href())
      await queryClient.invalidateQueries()
    },
  })
  return (
    <>
      <Button size="sm" variant="tertiary" onClick={() => setOpen(true)}>
        Remove webhook
      </Button>
      <Dialog
        open={open}
        onClose={() => setOpen(false)}
        title="Remove this webhook?"
        actions={
          <>
            <ActionButton
              loading={remove.isPending}
              onClick={() => remove.mutate({ path: { endpoint_id: endpoint.id } })}
            >
              Remove webhook
            </ActionButton>
            <Button variant="secondary" onClick={() => setOpen(false)}>
              Keep it
            </Button>
          </>
        }
      >
        {remove.error ? <ErrorPanel error={remove.error} /> : null}
        <p css={{ overflowWrap: 'anywhere' }}>
          Nothing more is sent to {endpoint.url}, and its list of deliveries goes.
        </p>
      </Dialog>
    </>
  )
}
