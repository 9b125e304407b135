import { pagesOf } from '@banksia/kit'
import { z } from 'zod'

const page = pagesOf('certificates')
const text = z.string().optional().catch(undefined)

export const queueSearch = z.object({
  view: z
    .enum(['mine', 'unassigned', 'due_today', 'overdue', 'to_check', 'on_hold', 'all_open', 'issued'])
    .catch('all_open'),
  team: text,
  product: text,
  state: z
    .enum(['queued', 'assigned', 'drafted', 'to_check', 'checked', 'on_hold', 'issued', 'cannot_issue'])
    .optional()
    .catch(undefined),
  urgent: z.enum(['yes', 'no']).optional().catch(undefined),
  q: text,
  sort: z
    .enum([
      'due',
      '-due',
      'property',
      '-property',
      'product',
      '-product',
      'order',
      '-order',
      'state',
      '-state',
    ])
    .catch('due'),
  batch: z.uuid().optional().catch(undefined),
})

export const queuePage = page('staff', {
  title: 'Certificate queue',
  permission: 'certificates.orders.read',
  search: queueSearch,
  lazy: () => import('./pages/queue'),
})

export const draftPage = page('staff/lines/$lineId', {
  title: 'Certificate',
  permission: 'certificates.orders.read',
  workspace: true,
  lazy: () => import('./pages/draft'),
})

export const ordersSearch = z.object({
  q: text,
  state: z.enum(['all', 'open', 'complete', 'cancelled', 'mail_came_back']).catch('all'),
  from: text,
  to: text,
})

export const staffOrdersPage = page('staff/orders', {
  title: 'Orders',
  permission: 'certificates.orders.read',
  search: ordersSearch,
  lazy: () => import('./pages/staff-orders'),
})

export const staffOrderPage = page('staff/orders/$orderId', {
  title: 'Order',
  permission: 'certificates.orders.read',
  lazy: () => import('./pages/staff-order'),
})

const day = z
  .string()
  .regex(/^\d{4}-\d\d-\d\d$/)
  .optional()
  .catch(undefined)

export const reportsPage = page('staff/reports', {
  title: 'Certificate reports',
  permission: 'certificates.reports.read',
  search: z.object({
    from: day,
    until: day,
    show: z
      .enum(['certificates', 'turnaround', 'straight_through', 'revenue', 'backlog'])
      .catch('certificates'),
  }),
  lazy: () => import('./pages/reports'),
})

export const counterPage = page('staff/counter', {
  title: 'Counter',
  permission: 'certificates.orders.lodge',
  search: z.object({ property: text }),
  lazy: () => import('./pages/counter'),
})

export const waitingPage = page('staff/waiting', {
  title: 'To hand over',
  permission: 'certificates.orders.lodge',
  lazy: () => import('./pages/waiting'),
})

export const productsPage = page('settings/products', {
  title: 'Certificates and fees',
  permission: 'certificates.products.manage',
  lazy: () => import('./pages/products'),
})

export const newProductPage = page('settings/new-product', {
  title: 'Add a certificate',
  permission: 'certificates.products.manage',
  lazy: () => import('./pages/new-product'),
})

export const standardAnswersPage = page('settings/standard-answers', {
  title: 'Standard answers',
  permission: 'certificates.templates.manage',
  lazy: () => import('./pages/standard-answers'),
})

export const calendarPage = page('settings/calendar', {
  title: 'Working days',
  permission: 'certificates.calendar.manage',
  search: z.object({
    year: z.coerce.number().int().min(2000).max(2100).optional().catch(undefined),
  }),
  lazy: () => import('./pages/calendar'),
})

export const productPage = page('settings/products/$code', {
  title: 'Certificate',
  permission: 'certificates.products.manage',
  lazy: () => import('./pages/product'),
})

export const templatesPage = page('settings/templates', {
  title: 'Certificate templates',
  permission: 'certificates.templates.manage',
  lazy: () => import('./pages/templates'),
})

export const templatePage = page('settings/templates/$code', {
  title: 'Certificate template',
  permission: 'certificates.templates.manage',
  lazy: () => import('./pages/template'),
})

export const templateVersionsPage = page('settings/templates/$code/versions', {
  title: 'Versions of a template',
  permission: 'certificates.templates.manage',
  lazy: () => import('./pages/template-versions'),
})

export const templateComparePage = page('settings/templates/$code/compare', {
  title: 'Compare versions of a template',
  permission: 'certificates.templates.manage',
  search: z.object({ older: text, newer: text }),
  lazy: () => import('./pages/template-compare'),
})

export const teamsPage = page('settings/teams', {
  title: 'Teams',
  permission: 'certificates.products.manage',
  lazy: () => import('./pages/teams'),
})

export const straightThroughPage = page('settings/straight-through', {
  title: 'Issue without an officer',
  permission: 'certificates.products.manage',
  lazy: () => import('./pages/straight-through'),
})

export const signingPage = page('settings/signing', {
  title: 'Signing certificate',
  permission: 'certificates.signing.manage',
  lazy: () => import('./pages/signing'),
})

export const staffPages = [
  queuePage,
  draftPage,
  staffOrdersPage,
  staffOrderPage,
  counterPage,
  waitingPage,
  reportsPage,
  productsPage,
  productPage,
  newProductPage,
  standardAnswersPage,
  calendarPage,
  templatesPage,
  templatePage,
  templateVersionsPage,
  templateComparePage,
  straightThroughPage,
  teamsPage,
  signingPage,
]
