import { pagesOf } from '@banksia/kit'
import { z } from 'zod'

const page = pagesOf('files')

export const foldersPage = page('settings/folders', {
  title: 'Folders of property files',
  permission: 'files.structure.manage',
  lazy: () => import('./pages/settings/folders'),
})

export const retentionPage = page('settings/retention', {
  title: 'Retention and holds',
  permission: 'files.retention.manage',
  search: z.object({ view: z.enum(['classes', 'holds', 'lifted']).catch('classes') }),
  lazy: () => import('./pages/settings/retention'),
})

export const removalsPage = page('settings/removals', {
  title: 'Removals of documents',
  permission: 'files.removals.decide',
  search: z.object({ view: z.enum(['asked', 'isolated', 'purged', 'refused']).catch('asked') }),
  lazy: () => import('./pages/settings/removals'),
})

export const disposalsPage = page('settings/disposals', {
  title: 'Disposal lists',
  permission: 'files.retention.manage',
  lazy: () => import('./pages/settings/disposals'),
})

export const disposalPage = page('settings/disposals/$disposalId', {
  title: 'Disposal list',
  permission: 'files.retention.manage',
  lazy: () => import('./pages/settings/disposal'),
})

export const periodsPage = page('settings/periods', {
  title: 'Sizes and periods of property files',
  permission: 'files.structure.manage',
  lazy: () => import('./pages/settings/periods'),
})

export const batchesPage = page('staff/loads', {
  title: 'Load scanned shelves',
  permission: 'files.batches.load',
  lazy: () => import('./pages/settings/batches'),
})

export const batchPage = page('staff/loads/$batchId', {
  title: 'Load',
  permission: 'files.batches.load',
  search: z.object({
    verdict: z
      .enum(['ready', 'rejected', 'already_here', 'loaded', 'failed', 'undone', 'kept'])
      .optional()
      .catch(undefined),
  }),
  lazy: () => import('./pages/settings/batch'),
})

export const reportsPage = page('staff/reports', {
  title: 'What is kept',
  permission: 'files.reports.read',
  lazy: () => import('./pages/settings/reports'),
})

export const settingsPages = [
  batchesPage,
  batchPage,
  reportsPage,
  foldersPage,
  retentionPage,
  removalsPage,
  disposalsPage,
  disposalPage,
  periodsPage,
]
