import { defineModule } from '@banksia/kit'
import { HistoryIcon } from '@ag.ds-next/react/icon'
import { logPage } from './routes'

export default defineModule({
  name: 'audit',
  nav: [
    {
      label: 'Audit log',
      to: logPage.href(),
      group: 'admin',
      order: 90,
      icon: HistoryIcon,
      permission: 'audit.entries.read',
    },
  ],
  routes: [logPage],
})
