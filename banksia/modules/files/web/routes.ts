import { pagesOf } from '@banksia/kit'
import { z } from 'zod'

const page = pagesOf('files')

export const findPage = page('staff', {
  title: 'Property files',
  permission: 'files.documents.read',
  lazy: () => import('./pages/find'),
})

export const filePage = page('staff/$propertyId', {
  title: 'Property file',
  permission: 'files.documents.read',
  workspace: true,
  search: z.object({
    folder: z.string().optional().catch(undefined),
    document: z.string().optional().catch(undefined),
    view: z.enum(['documents', 'log']).catch('documents'),
  }),
  lazy: () => import('./pages/file'),
})
