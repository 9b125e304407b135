import { SearchIcon } from '@ag.ds-next/react/icon'
import { defineModule, findProperties, propertyDetail, propertyTitle } from '@banksia/kit'
import { findPage, propertyPage } from './routes'

export default defineModule({
  name: 'property',
  nav: [
    {
      label: 'Properties',
      to: findPage.href(),
      group: 'work',
      order: 20,
      icon: SearchIcon,
      permission: 'property.properties.read',
    },
  ],
  routes: [findPage, propertyPage],
  search: {
    title: 'property',
    find: async (text, signal) =>
      (await findProperties(text, signal)).map((match) => ({
        id: `${match.id} ${match.address ?? ''}`,
        label: propertyTitle(match),
        detail: propertyDetail(match),
        href: propertyPage.href({ params: { propertyId: match.id } }),
      })),
  },
})
