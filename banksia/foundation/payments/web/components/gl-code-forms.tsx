import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Button } from '@ag.ds-next/react/button'
import { ActionButton, ErrorPanel, Form, Panel, SubmitButton, TextField, useKitForm } from '@banksia/kit'
import { z } from 'zod'
import { addGlCode, updateGlCode, updateGlCodeMutation, type GlCodeRead } from '../api'

const title = z.string().trim().min(1, 'Enter the name that people know the code by.').max(200)
const added = z.object({ code: z.string().trim().min(1, 'Enter the code.').max(40), title })
const renamed = z.object({ title })

/** Name a code; a code that is in use without a name comes filled in. */
export function AddGlCode({ code }: { code: string }) {
  const queryClient = useQueryClient()
  const form = useKitForm({
    schema: added,
    defaultValues: { code, title: '' },
    onSubmit: async (body) => {
      await addGlCode({ body, throwOnError: true })
      form.methods.reset({ code: '', title: '' })
      await queryClient.invalidateQueries()
    },
  })
  return (
    <Panel title="New code" id="new-code">
      <Form form={form} label="New code" gap="1rem">
        <TextField name="code" label="Code" hint="As the finance system writes it: 4100.101." width="md" />
        <TextField name="title" label="Name" hint="Planning certificates." />
        <SubmitButton size="sm">Add code</SubmitButton>
      </Form>
    </Panel>
  )
}

/** Another name for a code. The code itself stays: it stands in the books. */
export function EditGlCode({ code, onDone }: { code: GlCodeRead; onDone: () => void }) {
  const queryClient = useQueryClient()
  const form = useKitForm({
    schema: renamed,
    defaultValues: { title: code.title },
    onSubmit: async (values) => {
      const body = { ...values, closed: code.closed_at !== null }
      await updateGlCode({ path: { gl_code_id: code.id }, body, throwOnError: true })
      await queryClient.invalidateQueries()
      onDone()
    },
  })
  return (
    <Form form={form} label={`Rename ${code.code}`} gap="0.75rem">
      <TextField name="title" label={`Name of ${code.code}`} />
      <SubmitButton size="sm">Save name</SubmitButton>
    </Form>
  )
}

/** Rename it, close it, or open it again; a closed code is not offered for anything new. */
export function GlCodeUse({ code, onRename }: { code: GlCodeRead; onRename: () => void }) {
  const queryClient = useQueryClient()
  const change = useMutation({
    ...updateGlCodeMutation(),
    onSuccess: () => queryClient.invalidateQueries(),
  })
  return (
    <>
      {change.error ? <ErrorPanel title="The code was not changed" error={change.error} /> : null}
      <Button size="sm" variant="tertiary" onClick={onRename}>
        {`Rename ${code.code}`}
      </Button>
      <ActionButton
        size="sm"
        variant="tertiary"
        loading={change.isPending}
        onClick={() => {
          change.mutate({
            path: { gl_code_id: code.id },
            body: { title: code.title, closed: code.closed_at === null },
          })
        }}
      >
        {`${code.closed_at ? 'Open' : 'Close'} ${code.code}`}
      </ActionButton>
    </>
  )
}
