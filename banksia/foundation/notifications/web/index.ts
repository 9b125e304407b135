import { EmailIcon } from '@ag.ds-next/react/icon'
import { defineModule } from '@banksia/kit'
import { messagePage, messagesPage } from './routes'

export default defineModule({
  name: 'notifications',
  nav: [
    {
      label: 'Messages',
      to: messagesPage.href(),
      group: 'admin',
      order: 80,
      icon: EmailIcon,
      permission: 'notifications.messages.read',
    },
  ],
  routes: [messagesPage, messagePage],
})
