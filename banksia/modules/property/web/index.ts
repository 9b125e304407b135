import { queryOptions } from '@tanstack/react-query'
import { EditIcon, SearchIcon, WarningIcon } from '@ag.ds-next/react/icon'
import { defineModule, findProperties, type NavCount, propertyDetail, propertyTitle } from '@banksia/kit'
import { adminPages, attributesPage, importsPage, qualityPage } from './admin-routes'
import { listCorrections } from './api'
import { findOwners } from './components/find-owners'
import { correctionsPage, findPage, propertyPage, propertyPages } from './routes'

/** Corrections that this person may decide; beyond fifty the number no longer matters. */
const waiting = () =>
  queryOptions({
    queryKey: ['property', 'nav-count'] as readonly unknown[],
    queryFn: async ({ signal }): Promise<NavCount> => {
      const { data } = await listCorrections({
        query: { state: 'proposed', limit: 50 },
        signal,
        throwOnError: true,
      })
      return { value: data.results.filter(({ may_decide }) => may_decide).length }
    },
    refetchInterval: 60_000,
  })

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
    {
      label: 'Corrections',
      to: correctionsPage.href(),
      group: 'work',
      order: 25,
      icon: EditIcon,
      permission: 'property.corrections.decide',
      count: waiting,
    },
    {
      label: 'Data quality',
      to: qualityPage.href(),
      group: 'work',
      order: 26,
      icon: WarningIcon,
      permission: 'property.quality.read',
    },
    {
      label: 'Property data',
      to: importsPage.href(),
      area: 'settings',
      order: 50,
      permission: 'property.imports.run',
      description:
        'Import lots, addresses, owners and attributes from files; where they come from, and their history.',
    },
    {
      label: 'Attributes of properties',
      to: attributesPage.href(),
      area: 'settings',
      order: 51,
      permission: 'property.attributes.manage',
      description: 'What is recorded of properties for certificates: zone, heritage, bush fire, rates.',
    },
  ],
  routes: [...propertyPages, ...adminPages],
  search: [
    {
      title: 'property',
      find: async (text, signal) =>
        (await findProperties(text, signal)).map((match) => ({
          id: `${match.id} ${match.address ?? ''}`,
          label: propertyTitle(match),
          detail: propertyDetail(match),
          href: propertyPage.href({ params: { propertyId: match.id } }),
        })),
    },
    {
      title: 'owner',
      permission: 'property.owners.read',
      find: findOwners,
    },
  ],
})
