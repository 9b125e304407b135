import { pagesOf } from '@banksia/kit'
import { z } from 'zod'

const page = pagesOf('property')

export const findPage = page('staff', {
  title: 'Properties',
  permission: 'property.properties.read',
  search: z.object({ q: z.string().optional().catch(undefined) }),
  lazy: () => import('./pages/find'),
})

export const propertyPage = page('staff/$propertyId', {
  title: 'Property',
  permission: 'property.properties.read',
  lazy: () => import('./pages/property'),
})
