import { useState } from 'react'
import { useQueryClient } from '@tanstack/react-query'
import {
  CustomerPage,
  Facts,
  Form,
  formatTime,
  meQuery,
  Panel,
  PasswordField,
  SubmitButton,
  TextField,
  useKitForm,
  useUser,
} from '@banksia/kit'
import { z } from 'zod'
import { changePassword, updateMe } from '../api'
import { PASSWORD_HINT, passwordChange } from '../schemas'

/** One's own name and password. */
export default function AccountPage() {
  const user = useUser()
  return (
    <CustomerPage title="Your account">
      <Panel title="Sign-in">
        <Facts of={[['Email', <strong key="email">{user?.email}</strong>]]} />
      </Panel>
      <Panel title="Your name">
        <NameForm name={user?.name ?? ''} />
      </Panel>
      <Panel title="Password" hint="Changing it signs you out in other browsers.">
        <PasswordForm />
      </Panel>
    </CustomerPage>
  )
}

function NameForm({ name }: { name: string }) {
  const queryClient = useQueryClient()
  const [savedAt, setSavedAt] = useState<Date>()
  const form = useKitForm({
    schema: z.object({ name: z.string().trim().min(1, 'Enter your name.').max(200) }),
    defaultValues: { name },
    onSubmit: async (body) => {
      await updateMe({ body, throwOnError: true })
      await queryClient.invalidateQueries({ queryKey: meQuery.queryKey })
      setSavedAt(new Date())
    },
  })
  return (
    <Form form={form} label="Your name">
      <TextField name="name" label="Name" autoComplete="name" />
      <SubmitButton beside={<Saved at={savedAt} />}>Save name</SubmitButton>
    </Form>
  )
}

function PasswordForm() {
  const [savedAt, setSavedAt] = useState<Date>()
  const form = useKitForm({
    schema: passwordChange,
    defaultValues: { current_password: '', password: '' },
    onSubmit: async (body) => {
      await changePassword({ body, throwOnError: true })
      form.methods.reset()
      setSavedAt(new Date())
    },
  })
  return (
    <Form form={form} label="Password">
      <PasswordField name="current_password" label="Present password" autoComplete="current-password" />
      <PasswordField name="password" label="New password" autoComplete="new-password" hint={PASSWORD_HINT} />
      <SubmitButton beside={<Saved at={savedAt} />}>Change password</SubmitButton>
    </Form>
  )
}

/** Said once, where it happened. */
function Saved({ at }: { at: Date | undefined }) {
  return <span role="status">{at ? `Saved ${formatTime(at)}` : ''}</span>
}
