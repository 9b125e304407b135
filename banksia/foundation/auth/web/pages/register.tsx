import { useState } from 'react'
import { Text } from '@ag.ds-next/react/text'
import { TextLink } from '@ag.ds-next/react/text-link'
import { CustomerPage, Form, Notice, PasswordField, SubmitButton, TextField, useKitForm } from '@banksia/kit'
import { register } from '../api'
import { registerPage, signInPage } from '../routes'
import { PASSWORD_HINT, registration } from '../schemas'

/** Make a customer's account; a link in a mail shows that the address is theirs. */
export default function RegisterPage() {
  const search = registerPage.useSearch()
  const [sentTo, setSentTo] = useState<string>()
  const form = useKitForm({
    schema: registration,
    defaultValues: { email: '', name: '', password: '' },
    onSubmit: async (body) => {
      const { data } = await register({ body, throwOnError: true })
      setSentTo(data.email)
    },
  })
  if (sentTo) {
    return (
      <CustomerPage title="Check your email">
        <Notice tone="success" role="status" title={`We have emailed ${sentTo}`}>
          <p>
            Open the link in it to confirm your address. Then sign in. It can take a few minutes to arrive.
          </p>
        </Notice>
      </CustomerPage>
    )
  }
  return (
    <CustomerPage
      title="Make an account"
      lead="See all your orders in one place and download certificates again."
    >
      <Form form={form}>
        <TextField name="name" label="Your name" autoComplete="name" />
        <TextField
          name="email"
          label="Email"
          type="email"
          autoComplete="username"
          hint="We send a link to this address to confirm it."
        />
        <PasswordField name="password" label="Password" autoComplete="new-password" hint={PASSWORD_HINT} />
        <SubmitButton>Make an account</SubmitButton>
      </Form>
      <Text as="p">
        You have one already? <TextLink href={signInPage.href({ search })}>Sign in</TextLink>.
      </Text>
    </CustomerPage>
  )
}
