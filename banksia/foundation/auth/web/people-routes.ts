import { pagesOf } from '@banksia/kit'
import { z } from 'zod'

const page = pagesOf('auth')

export const peoplePage = page('settings/people', {
  title: 'People',
  permission: 'auth.users.manage',
  search: z.object({
    q: z.string().optional().catch(undefined),
    kind: z.enum(['staff', 'customer']).catch('staff'),
  }),
  lazy: () => import('./pages/people'),
})

export const invitePage = page('settings/people/new', {
  title: 'Invite a person',
  permission: 'auth.users.manage',
  lazy: () => import('./pages/invite'),
})

export const personPage = page('settings/people/$userId', {
  title: 'Person',
  permission: 'auth.users.manage',
  lazy: () => import('./pages/person'),
})
