import { pagesOf } from '@banksia/kit'
import { z } from 'zod'

const page = pagesOf('certificates')
const text = z.string().optional().catch(undefined)

export const queuePage = page('staff', {
  title: 'Certificate queue',
  permission: 'certificates.orders.read',
  search: z.object({
    view: z
      .enum(['mine', 'unassigned', 'due_today', 'overdue', 'to_check', 'on_hold', 'all_open', 'issued'])
      .catch('all_open'),
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
  }),
  lazy: () => import('./pages/queue'),
})

export const draftPage = page('staff/lines/$lineId', {
  title: 'Certificate',
  permission: 'certificates.orders.read',
  workspace: true,
  lazy: () => import('./pages/draft'),
})

export const staffOrdersPage = page('staff/orders', {
  title: 'Orders',
  permission: 'certificates.orders.read',
  search: z.object({ q: text, state: z.enum(['all', 'open', 'complete', 'cancelled']).catch('all') }),
  lazy: () => import('./pages/staff-orders'),
})

export const staffOrderPage = page('staff/orders/$orderId', {
  title: 'Order',
  permission: 'certificates.orders.read',
  lazy: () => import('./pages/staff-order'),
})

export const counterPage = page('staff/counter', {
  title: 'Counter',
  permission: 'certificates.orders.lodge',
  search: z.object({ property: text }),
  lazy: () => import('./pages/counter'),
})

export const productsPage = page('settings/products', {
  title: 'Certificates and fees',
  permission: 'certificates.products.manage',
  lazy: () => import('./pages/products'),
})

export const productPage = page('settings/products/$code', {
  title: 'Certificate',
  permission: 'certificates.products.manage',
  lazy: () => import('./pages/product'),
})

export const staffPages = [
  queuePage,
  draftPage,
  staffOrdersPage,
  staffOrderPage,
  counterPage,
  productsPage,
  productPage,
]
