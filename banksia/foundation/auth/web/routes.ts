import { pagesOf } from '@banksia/kit'
import { z } from 'zod'

const page = pagesOf('auth')
/** Where to go once signed in: an address of this application. */
const returning = z.object({ return_to: z.string().optional().catch(undefined) })

export const signInPage = page('customer/sign-in', {
  title: 'Sign in',
  search: returning,
  lazy: () => import('./pages/sign-in'),
})

export const registerPage = page('customer/register', {
  title: 'Make an account',
  search: returning,
  lazy: () => import('./pages/register'),
})

/** The link of a mail: its token stands after the `#`, which no server's log sees. */
export const verifyPage = page('customer/verify', {
  title: 'Confirm your email address',
  lazy: () => import('./pages/verify'),
})

export const setPasswordPage = page('customer/set-password', {
  title: 'Set a new password',
  lazy: () => import('./pages/set-password'),
})

/** Ask for the link: where one does not come from a mail. */
export const forgottenPasswordPage = page('customer/forgotten-password', {
  title: 'Forgotten your password?',
  lazy: () => import('./pages/forgotten-password'),
})

export const accountPage = page('customer/account', {
  title: 'Your account',
  signIn: true,
  lazy: () => import('./pages/account'),
})

export const tokensPage = page('customer/tokens', {
  title: 'API tokens',
  signIn: true,
  permission: 'auth.tokens.keep',
  lazy: () => import('./pages/tokens'),
})

export const newTokenPage = page('customer/tokens/new', {
  title: 'Make an API token',
  signIn: true,
  permission: 'auth.tokens.keep',
  lazy: () => import('./pages/new-token'),
})
