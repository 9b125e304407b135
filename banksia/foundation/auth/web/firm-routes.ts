import { pagesOf } from '@banksia/kit'

const page = pagesOf('auth')

export const firmsPage = page('customer/firms', {
  title: 'Your firm',
  signIn: true,
  lazy: () => import('./pages/firms'),
})

export const newFirmPage = page('customer/firms/new', {
  title: 'Add a firm',
  signIn: true,
  lazy: () => import('./pages/new-firm'),
})

export const firmPage = page('customer/firms/$firmId', {
  title: 'Firm',
  signIn: true,
  lazy: () => import('./pages/firm'),
})

/** The link of an invitation: its token stands after the `#`, which no server's log sees. */
export const joinFirmPage = page('customer/join-firm', {
  title: 'Join a firm',
  lazy: () => import('./pages/join-firm'),
})

export const firmPages = [firmsPage, newFirmPage, firmPage, joinFirmPage]
