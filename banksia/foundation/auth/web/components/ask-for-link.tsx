import { useState } from 'react'
import { Form, Notice, SubmitButton, TextField, useKitForm } from '@banksia/kit'
import { z } from 'zod'
import { requestPasswordReset } from '../api'
import { email } from '../schemas'

/** Ask for a mail with a link to set a new password; the answer does not tell whether there is an account. */
export function AskForLink() {
  const [sentTo, setSentTo] = useState<string>()
  const form = useKitForm({
    schema: z.object({ email }),
    defaultValues: { email: '' },
    onSubmit: async (body) => {
      const { data } = await requestPasswordReset({ body, throwOnError: true })
      setSentTo(data.email)
    },
  })
  if (sentTo) {
    return (
      <Notice tone="success" role="status" title="Check your email">
        <p>If {sentTo} has an account here, a link to set a new password is on its way.</p>
      </Notice>
    )
  }
  return (
    <Form form={form}>
      <TextField
        name="email"
        label="Email"
        type="email"
        autoComplete="username"
        hint="We email you a link to set a new password."
      />
      <SubmitButton>Email me a link</SubmitButton>
    </Form>
  )
}
