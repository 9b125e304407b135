import { pagesOf } from '@banksia/kit'
import { z } from 'zod'

const page = pagesOf('audit')

export const logPage = page('staff', {
  title: 'Audit log',
  permission: 'audit.entries.read',
  search: z.object({
    action: z.string().optional().catch(undefined),
    subject: z.string().optional().catch(undefined),
  }),
  lazy: () => import('./pages/log'),
})
