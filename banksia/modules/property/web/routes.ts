import { pagesOf } from '@banksia/kit'
import { z } from 'zod'

const page = pagesOf('property')
const text = z.string().optional().catch(undefined)
/** The day as at which a property is shown; today when there is none. */
const day = z.iso.date().optional().catch(undefined)

export const findPage = page('staff', {
  title: 'Properties',
  permission: 'property.properties.read',
  search: z.object({ q: text, among: z.enum(['all', 'owners']).optional().catch(undefined) }),
  lazy: () => import('./pages/find'),
})

export const propertyPage = page('staff/$propertyId', {
  title: 'Property',
  permission: 'property.properties.read',
  search: z.object({ as_at: day, lot: text }),
  lazy: () => import('./pages/property'),
})

export const ownersPage = page('staff/$propertyId/owners', {
  title: 'Owners',
  permission: 'property.owners.read',
  search: z.object({ as_at: day, ended: z.literal('yes').optional().catch(undefined) }),
  lazy: () => import('./pages/owners'),
})

export const historyPage = page('staff/$propertyId/history', {
  title: 'History',
  permission: 'property.properties.read',
  search: z.object({ as_at: day }),
  lazy: () => import('./pages/history'),
})

export const mapPage = page('staff/$propertyId/map', {
  title: 'Map and neighbours',
  permission: 'property.properties.read',
  search: z.object({ as_at: day }),
  lazy: () => import('./pages/map'),
})

export const correctPage = page('staff/$propertyId/correct', {
  title: 'Propose a correction',
  permission: 'property.corrections.propose',
  lazy: () => import('./pages/correct'),
})

export const recordLineagePage = page('staff/$propertyId/lineage', {
  title: 'Record what became of a lot',
  permission: 'property.lineage.record',
  lazy: () => import('./pages/record-lineage'),
})

export const correctionsPage = page('staff/corrections', {
  title: 'Corrections',
  permission: 'property.properties.read',
  search: z.object({
    state: z.enum(['proposed', 'approved', 'rejected', 'withdrawn']).catch('proposed'),
    property: text,
  }),
  lazy: () => import('./pages/corrections'),
})

export const propertyPages = [
  findPage,
  propertyPage,
  ownersPage,
  historyPage,
  mapPage,
  correctPage,
  recordLineagePage,
  correctionsPage,
]
