import { queryOptions } from '@tanstack/react-query'
import { EditIcon, SearchIcon } from '@ag.ds-next/react/icon'
import { defineModule, findProperties, type NavCount, propertyDetail, propertyTitle } from '@banksia/kit'
import { listCorrections } from './api'
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
  ],
  routes: [...propertyPages],
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
