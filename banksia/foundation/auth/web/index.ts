import { defineModule } from '@banksia/kit'
import {
  accountPage,
  forgottenPasswordPage,
  registerPage,
  setPasswordPage,
  signInPage,
  verifyPage,
} from './routes'

export default defineModule({
  name: 'auth',
  nav: [{ label: 'Your account', to: accountPage.href(), area: 'account', order: 90 }],
  routes: [signInPage, registerPage, verifyPage, setPasswordPage, forgottenPasswordPage, accountPage],
})
