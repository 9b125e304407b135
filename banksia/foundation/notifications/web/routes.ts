import { pagesOf } from '@banksia/kit'

const page = pagesOf('notifications')

export const messagesPage = page('staff', {
  title: 'Messages',
  permission: 'notifications.messages.read',
  lazy: () => import('./pages/messages'),
})

export const messagePage = page('staff/$messageId', {
  title: 'Message',
  permission: 'notifications.messages.read',
  lazy: () => import('./pages/message'),
})

export const wordingsPage = page('settings/wording', {
  title: 'Wording of email',
  permission: 'notifications.wording.manage',
  lazy: () => import('./pages/wordings'),
})

export const wordingPage = page('settings/wording/$name', {
  title: 'Wording',
  permission: 'notifications.wording.manage',
  lazy: () => import('./pages/wording'),
})
