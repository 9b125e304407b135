import { defineModule } from '@banksia/kit'
import { invitePage, peoplePage, personPage } from './people-routes'
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
  nav: [
    {
      label: 'People',
      to: peoplePage.href(),
      area: 'settings',
      order: 25,
      permission: 'auth.users.manage',
      description: 'Who can sign in, and as what.',
    },
    { label: 'Your account', to: accountPage.href(), area: 'account', order: 90 },
  ],
  routes: [
    peoplePage,
    invitePage,
    personPage,
    signInPage,
    registerPage,
    verifyPage,
    setPasswordPage,
    forgottenPasswordPage,
    accountPage,
  ],
})
