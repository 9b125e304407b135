import { defineModule } from '@banksia/kit'
import { detailsPage, lookPage, moduleSettingsPage, modulesPage } from './routes'

export default defineModule({
  name: 'organisations',
  nav: [
    {
      label: 'Council details',
      to: detailsPage.href(),
      area: 'settings',
      order: 10,
      permission: 'organisations.details.manage',
      description: 'Name, ABN and how people reach the council.',
    },
    {
      label: 'Logo and colours',
      to: lookPage.href(),
      area: 'settings',
      order: 20,
      permission: 'organisations.details.manage',
      description: 'How the portal and the back office look. Contrast is checked when you save.',
    },
    {
      label: 'Modules',
      to: modulesPage.href(),
      area: 'settings',
      order: 30,
      permission: 'organisations.modules.manage',
      description: 'Which services the council uses, and their settings.',
    },
  ],
  routes: [detailsPage, lookPage, modulesPage, moduleSettingsPage],
})
