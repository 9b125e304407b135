import { useState } from 'react'
import { ButtonLink } from '@ag.ds-next/react/button'
import { CustomerPage, Form, Notice, PasswordField, SubmitButton, useKitForm } from '@banksia/kit'
import { z } from 'zod'
import { resetPassword } from '../api'
import { AskForLink } from '../components/ask-for-link'
import { linkToken } from '../link-token'
import { signInPage } from '../routes'
import { newPassword, PASSWORD_HINT } from '../schemas'

/** With a mail's token: set the password. Without: ask for the mail. */
export default function SetPasswordPage() {
  const token = linkToken()
  return (
    <CustomerPage title="Set a new password">
      {token ? <SetPassword token={token} /> : <AskForLink />}
    </CustomerPage>
  )
}

function SetPassword({ token }: { token: string }) {
  const [done, setDone] = useState(false)
  const form = useKitForm({
    schema: z.object({ password: newPassword }),
    defaultValues: { password: '' },
    onSubmit: async ({ password }) => {
      await resetPassword({ body: { token, password }, throwOnError: true })
      setDone(true)
    },
  })
  if (done) {
    return (
      <>
        <Notice tone="success" role="status" title="Your password is set">
          <p>You were signed out everywhere. Sign in with the new one.</p>
        </Notice>
        <div>
          <ButtonLink href={signInPage.href()}>Sign in</ButtonLink>
        </div>
      </>
    )
  }
  return (
    <Form form={form}>
      <PasswordField name="password" label="New password" autoComplete="new-password" hint={PASSWORD_HINT} />
      <SubmitButton>Set password</SubmitButton>
    </Form>
  )
}
