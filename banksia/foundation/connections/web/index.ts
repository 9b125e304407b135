import { defineModule } from '@banksia/kit'
import { modulePage, moduleEventsPage, moduleSettingsPage, modulesPage, registerPage } from './routes'

export default defineModule({
  name: 'connections',
  nav: [
    {
      label: 'Connected modules',
      to: modulesPage.href(),
      area: 'settings',
      order: 31,
      permission: 'connections.modules.manage',
      description:
        'Modules of others that run on their own servers: what they may do here, and how they are.',
    },
  ],
  routes: [modulesPage, registerPage, modulePage, moduleSettingsPage, moduleEventsPage],
})
