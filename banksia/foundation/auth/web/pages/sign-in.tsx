import { Text } from '@ag.ds-next/react/text'
import { TextLink } from '@ag.ds-next/react/text-link'
import {
  CustomerPage,
  Form,
  PasswordField,
  safeReturn,
  SubmitButton,
  TextField,
  useKitForm,
  useNavigateTo,
  useOrganisation,
  useSessionChanged,
} from '@banksia/kit'
import { z } from 'zod'
import { signIn } from '../api'
import { forgottenPasswordPage, registerPage, signInPage } from '../routes'
import { email } from '../schemas'

const credentials = z.object({ email, password: z.string().min(1, 'Enter your password.').max(200) })

/** Sign in, and go on where one was. Customers and staff use the same page. */
export default function SignInPage() {
  const { return_to: returnTo } = signInPage.useSearch()
  const { name } = useOrganisation()
  const navigate = useNavigateTo()
  const sessionChanged = useSessionChanged()
  const form = useKitForm({
    schema: credentials,
    defaultValues: { email: '', password: '' },
    onSubmit: async (body) => {
      const { data } = await signIn({ body, throwOnError: true })
      await sessionChanged()
      navigate(safeReturn(returnTo, data.user?.kind === 'staff' ? '/staff' : '/'), { replace: true })
    },
  })
  return (
    <CustomerPage title="Sign in" lead={`To your account at ${name}.`}>
      <Form form={form}>
        <TextField name="email" label="Email" type="email" autoComplete="username" />
        <PasswordField name="password" label="Password" autoComplete="current-password" />
        <SubmitButton
          beside={<TextLink href={forgottenPasswordPage.href()}>Forgotten your password?</TextLink>}
        >
          Sign in
        </SubmitButton>
      </Form>
      <Text as="p">
        No account yet?{' '}
        <TextLink href={registerPage.href({ search: { return_to: returnTo } })}>Make an account</TextLink>.
        You can also order without one.
      </Text>
    </CustomerPage>
  )
}
