import { pagesOf } from '@banksia/kit'
import { z } from 'zod'

const page = pagesOf('payments')
const day = z
  .string()
  .regex(/^\d{4}-\d\d-\d\d$/)
  .optional()
  .catch(undefined)

export const accountsPage = page('staff/accounts', {
  title: 'Accounts',
  permission: 'payments.accounts.read',
  search: z.object({
    show: z.enum(['open', 'closed']).catch('open'),
    q: z.string().max(100).optional().catch(undefined),
  }),
  lazy: () => import('./pages/accounts'),
})

export const newAccountPage = page('staff/accounts/new', {
  title: 'Open an account',
  permission: 'payments.accounts.manage',
  lazy: () => import('./pages/new-account'),
})

export const accountPage = page('staff/accounts/$accountId', {
  title: 'Account',
  permission: 'payments.accounts.read',
  search: z.object({ from: day, until: day }),
  lazy: () => import('./pages/account'),
})

export const editAccountPage = page('staff/accounts/$accountId/edit', {
  title: 'Change account',
  permission: 'payments.accounts.manage',
  lazy: () => import('./pages/edit-account'),
})

export const reportsPage = page('staff/reports', {
  title: 'Reports',
  permission: 'payments.ledger.read',
  search: z.object({
    from: day,
    until: day,
    by: z.enum(['gl_code', 'gst_treatment', 'method', 'product', 'day', 'week', 'month']).catch('gl_code'),
  }),
  lazy: () => import('./pages/reports'),
})

export const checksPage = page('staff/checks', {
  title: 'Checks of the books',
  permission: 'payments.checks.run',
  lazy: () => import('./pages/checks'),
})

export const glCodesPage = page('settings/gl-codes', {
  title: 'General-ledger codes',
  permission: 'payments.gl_codes.manage',
  lazy: () => import('./pages/gl-codes'),
})

export const financePages = [
  accountsPage,
  newAccountPage,
  editAccountPage,
  accountPage,
  reportsPage,
  checksPage,
  glCodesPage,
]
