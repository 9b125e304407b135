import { useState } from 'react'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Button } from '@ag.ds-next/react/button'
import { ActionButton, Dialog, ErrorPanel, slimButtons } from '@banksia/kit'
import {
  checkModuleMutation,
  disableModuleMutation,
  enableModuleMutation,
  rotateSecretsMutation,
  type ConnectedModuleDetail,
  type ModuleApproved,
} from '../api'
import { RemoveModule } from './remove'

interface RunningProps {
  module: ConnectedModuleDetail
  onSecrets: (approved: ModuleApproved) => void
}

/** Switch it on and off, look at it now, change its secrets, part with it. */
export function Running({ module, onSecrets }: RunningProps) {
  const queryClient = useQueryClient()
  const onSuccess = () => queryClient.invalidateQueries()
  const path = { name: module.name }
  const enable = useMutation({ ...enableModuleMutation(), onSuccess })
  const disable = useMutation({ ...disableModuleMutation(), onSuccess })
  const check = useMutation({ ...checkModuleMutation(), onSuccess })
  const on = module.state === 'enabled'
  const error = enable.error ?? disable.error ?? check.error
  const begin = (act: () => void) => {
    for (const each of [enable, disable, check]) each.reset()
    act()
  }
  return (
    <div css={{ display: 'grid', gap: '1rem' }}>
      <p>{wordsOf(module)}</p>
      {error ? <ErrorPanel error={error} /> : null}
      <div css={{ display: 'flex', flexWrap: 'wrap', gap: '0.75rem', ...slimButtons }}>
        {module.manifest === null ? null : (
          <ActionButton
            size="sm"
            variant={on ? 'secondary' : 'primary'}
            loading={enable.isPending || disable.isPending}
            onClick={() => begin(() => (on ? disable : enable).mutate({ path }))}
          >
            {on ? 'Switch off' : 'Switch on'}
          </ActionButton>
        )}
        <ActionButton
          size="sm"
          variant="secondary"
          loading={check.isPending}
          onClick={() => begin(() => check.mutate({ path }))}
        >
          Check now
        </ActionButton>
        {module.manifest === null ? null : (
          <>
            <NewSecrets module={module} onSecrets={onSecrets} />
            <RemoveModule module={module} words="Remove module" />
          </>
        )}
      </div>
      <p role="status" css={{ '&:empty': { display: 'none' } }}>
        {check.data
          ? check.data.health === 'failing'
            ? 'Checked: it does not work.'
            : 'Checked: it answers.'
          : ''}
      </p>
    </div>
  )
}

function wordsOf({ state, manifest, title }: ConnectedModuleDetail): string {
  if (state === 'enabled') return 'People who may use it see it in their menus, and it is told of its events.'
  if (manifest === null) return 'Nothing is let in and nothing is sent before you approve what it asks for.'
  if (state === 'verified')
    return `Approved. Enter its secrets on its server, then switch ${title} on for the council.`
  return 'Switched off: nobody reaches it, it reaches nothing here, and it is told of nothing.'
}

/** New secrets end the old ones, so they are asked for twice. */
function NewSecrets({ module, onSecrets }: RunningProps) {
  const [open, setOpen] = useState(false)
  const queryClient = useQueryClient()
  const rotate = useMutation({
    ...rotateSecretsMutation(),
    onSuccess: async (approved) => {
      setOpen(false)
      onSecrets(approved)
      await queryClient.invalidateQueries()
    },
  })
  return (
    <>
      <Button size="sm" variant="secondary" onClick={() => setOpen(true)}>
        Make new secrets
      </Button>
      <Dialog
        open={open}
        onClose={() => setOpen(false)}
        title={`Make new secrets for ${module.title}?`}
        actions={
          <>
            <ActionButton
              loading={rotate.isPending}
              onClick={() => rotate.mutate({ path: { name: module.name } })}
            >
              Make new secrets
            </ActionButton>
            <Button variant="secondary" onClick={() => setOpen(false)}>
              Keep the old ones
            </Button>
          </>
        }
      >
        {rotate.error ? <ErrorPanel title="The secrets were not changed" error={rotate.error} /> : null}
        <p>
          The client secret that it has now ends at once, so it calls back only after the new one is entered
          on its server. The old signing secret goes on beside the new one for 24 hours.
        </p>
      </Dialog>
    </>
  )
}
