import { EmailIcon } from '@ag.ds-next/react/icon'
import { defineModule } from '@banksia/kit'
import { messagePage, messagesPage, wordingPage, wordingsPage } from './routes'

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
    {
      label: 'Wording of email',
      to: wordingsPage.href(),
      area: 'settings',
      order: 60,
      permission: 'notifications.wording.manage',
      description: 'What the mails say that customers and staff receive.',
    },
  ],
  routes: [messagesPage, messagePage, wordingsPage, wordingPage],
})
