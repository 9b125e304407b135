import { pagesOf } from '@banksia/kit'
import { z } from 'zod'

const page = pagesOf('files')
const text = z.string().optional().catch(undefined)
const day = z.iso.date().optional().catch(undefined)

export const findPage = page('staff', {
  title: 'Property files',
  permission: 'files.documents.read',
  search: z.object({
    view: z.enum(['properties', 'documents']).catch('properties'),
    q: text,
    /** The one file that is searched. */
    property: text,
    kind: z.enum(['fixed', 'application', 'own']).optional().catch(undefined),
    application: text,
    from: day,
    until: day,
    person: text,
  }),
  lazy: () => import('./pages/find'),
})

export const fileViews = ['documents', 'log', 'comments', 'reminders', 'sent', 'orders'] as const

export const filePage = page('staff/$propertyId', {
  title: 'Property file',
  permission: 'files.documents.read',
  workspace: true,
  search: z.object({
    view: z.enum(fileViews).catch('documents'),
    folder: text,
    document: text,
    tab: z.enum(['details', 'comments', 'log']).catch('details'),
    order: z.enum(['changed', 'added', 'title']).catch('changed'),
    /** The file as on a day. */
    as_at: day,
    /** What narrows the log. */
    kind: z.enum(['all', 'changes', 'looks', 'talk', 'removal']).catch('all'),
    person: text,
    from: day,
    until: day,
  }),
  lazy: () => import('./pages/file'),
})

export const sharedPage = page('customer/shared', {
  title: 'Documents from the council',
  lazy: () => import('./pages/shared'),
})
