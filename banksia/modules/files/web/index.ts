import { FileTextIcon } from '@ag.ds-next/react/icon'
import { defineModule } from '@banksia/kit'
import { filePage, findPage, sharedPage } from './routes'
import { settingsNav } from './settings-nav'
import { settingsPages } from './settings-routes'

export default defineModule({
  name: 'files',
  nav: [
    {
      label: 'Property files',
      to: findPage.href(),
      group: 'work',
      order: 30,
      icon: FileTextIcon,
      permission: 'files.documents.read',
    },
    ...settingsNav,
  ],
  routes: [findPage, filePage, ...settingsPages, sharedPage],
})
