import { pagesOf } from '@banksia/kit'
import { z } from 'zod'

const page = pagesOf('property')
const text = z.string().optional().catch(undefined)

export const importsPage = page('settings/imports', {
  title: 'Imports',
  permission: 'property.imports.run',
  search: z.object({ source: text }),
  lazy: () => import('./pages/imports'),
})

export const newImportPage = page('settings/imports/new', {
  title: 'Import a file',
  permission: 'property.imports.run',
  search: z.object({ source: text }),
  lazy: () => import('./pages/new-import'),
})

export const importPage = page('settings/imports/$runId', {
  title: 'Import',
  permission: 'property.imports.run',
  lazy: () => import('./pages/import'),
})

export const sourcesPage = page('settings/sources', {
  title: 'Sources',
  permission: 'property.imports.run',
  search: z.object({ retired: z.literal('yes').optional().catch(undefined) }),
  lazy: () => import('./pages/sources'),
})

export const newSourcePage = page('settings/sources/new', {
  title: 'New source',
  permission: 'property.imports.run',
  lazy: () => import('./pages/new-source'),
})

export const sourcePage = page('settings/sources/$sourceId', {
  title: 'Source',
  permission: 'property.imports.run',
  lazy: () => import('./pages/source'),
})

export const qualityPage = page('staff/quality', {
  title: 'Data quality',
  permission: 'property.quality.read',
  lazy: () => import('./pages/quality'),
})

export const qualityListPage = page('staff/quality/$kind', {
  title: 'Data quality',
  permission: 'property.quality.read',
  search: z.object({ state: z.enum(['open', 'kept', 'taken']).catch('open') }),
  lazy: () => import('./pages/quality-list'),
})

export const attributesPage = page('settings/attributes', {
  title: 'Attributes of properties',
  permission: 'property.attributes.manage',
  lazy: () => import('./pages/attributes'),
})

export const newAttributePage = page('settings/attributes/new', {
  title: 'New attribute',
  permission: 'property.attributes.manage',
  lazy: () => import('./pages/new-attribute'),
})

export const attributePage = page('settings/attributes/$code', {
  title: 'Attribute',
  permission: 'property.attributes.manage',
  lazy: () => import('./pages/attribute'),
})

export const adminPages = [
  importsPage,
  newImportPage,
  importPage,
  sourcesPage,
  newSourcePage,
  sourcePage,
  qualityPage,
  qualityListPage,
  attributesPage,
  newAttributePage,
  attributePage,
]
