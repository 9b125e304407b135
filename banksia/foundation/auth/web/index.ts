import { defineModule } from '@banksia/kit'
import { firmPages, firmsPage } from './firm-routes'
import { invitePage, peoplePage, personPage } from './people-routes'
import {
  accountPage,
  forgottenPasswordPage,
  newTokenPage,
  registerPage,
  setPasswordPage,
  signInPage,
  tokensPage,
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
    { label: 'Your firm', to: firmsPage.href(), area: 'account', order: 80, kind: 'customer' },
    { label: 'Your account', to: accountPage.href(), area: 'account', order: 90 },
    {
      label: 'API tokens',
      to: tokensPage.href(),
      area: 'account',
      order: 91,
      kind: 'customer',
      permission: 'auth.tokens.keep',
    },
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
    tokensPage,
    newTokenPage,
    ...firmPages,
  ],
})
