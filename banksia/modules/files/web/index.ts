import { FileTextIcon } from '@ag.ds-next/react/icon'
import { defineModule } from '@banksia/kit'
import { filePage, findPage } from './routes'

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
  ],
  routes: [findPage, filePage],
})
