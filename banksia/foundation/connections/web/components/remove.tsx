import { useState } from 'react'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Button } from '@ag.ds-next/react/button'
import { ActionButton, Dialog, ErrorPanel, useNavigateTo } from '@banksia/kit'
import { removeModuleMutation, type ConnectedModuleDetail } from '../api'
import { modulesPage } from '../routes'

interface RemoveModuleProps {
  module: ConnectedModuleDetail
  /** The words of its button. */
  words: string
}

/** Part with a module, after a second thought. */
export function RemoveModule({ module, words }: RemoveModuleProps) {
  const [open, setOpen] = useState(false)
  const queryClient = useQueryClient()
  const navigate = useNavigateTo()
  const remove = useMutation({
    ...removeModuleMutation(),
    onSuccess: async () => {
      navigate(modulesPage.href())
      await queryClient.invalidateQueries()
    },
  })
  const approved = module.manifest !== null
  return (
    <>
      <Button type="button" size="sm" variant="tertiary" onClick={() => setOpen(true)}>
        {words}
      </Button>
      <Dialog
        open={open}
        onClose={() => setOpen(false)}
        title={approved ? `Remove ${module.title}?` : `Refuse ${module.title}?`}
        actions={
          <>
            <ActionButton
              loading={remove.isPending}
              onClick={() => remove.mutate({ path: { name: module.name } })}
            >
              {approved ? 'Remove module' : 'Refuse module'}
            </ActionButton>
            <Button variant="secondary" onClick={() => setOpen(false)}>
              Keep it
            </Button>
          </>
        }
      >
        {remove.error ? <ErrorPanel title="The module was not removed" error={remove.error} /> : null}
        <p>
          {approved
            ? 'Its pages go, its secrets end and nothing is sent to it any more. What it keeps on its own server stays there: ask whoever runs it for your data. What was sent to it stays on record here.'
            : 'It leaves the list. Nothing was given to it. You can connect it again later.'}
        </p>
      </Dialog>
    </>
  )
}
