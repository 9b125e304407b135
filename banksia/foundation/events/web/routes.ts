import { pagesOf } from '@banksia/kit'

const page = pagesOf('events')

export const deadLettersPage = page('settings/dead-letters', {
  title: 'Failed work',
  permission: 'events.dead_letters.manage',
  lazy: () => import('./pages/dead-letters'),
})
