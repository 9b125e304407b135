import { CustomerPage } from '@banksia/kit'
import { AskForLink } from '../components/ask-for-link'

export default function ForgottenPasswordPage() {
  return (
    <CustomerPage title="Forgotten your password?">
      <AskForLink />
    </CustomerPage>
  )
}
