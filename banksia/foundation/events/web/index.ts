import { defineModule } from '@banksia/kit'
import { deadLettersPage } from './routes'

export default defineModule({
  name: 'events',
  nav: [
    {
      label: 'Failed work',
      to: deadLettersPage.href(),
      area: 'settings',
      order: 90,
      permission: 'events.dead_letters.manage',
      description: 'Mail, payments and other work in the background that failed as often as it may be tried.',
    },
  ],
  routes: [deadLettersPage],
})
