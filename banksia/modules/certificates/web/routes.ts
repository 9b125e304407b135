import { pagesOf } from '@banksia/kit'
import { z } from 'zod'

const page = pagesOf('certificates')
const text = z.string().optional().catch(undefined)

export const homePage = page('/', {
  title: 'Order a property certificate',
  search: z.object({ q: text, product: text }),
  lazy: () => import('./pages/home'),
})

export const choosePage = page('customer/order/$propertyId', {
  title: 'Choose certificates',
  search: z.object({ parcel: text, product: text }),
  lazy: () => import('./pages/choose'),
})

export const contactPage = page('customer/order/details', {
  title: 'Your details',
  lazy: () => import('./pages/contact'),
})

export const reviewPage = page('customer/order/review', {
  title: 'Review and pay',
  lazy: () => import('./pages/review'),
})

export const orderPage = page('customer/orders/$orderId', {
  title: 'Your order',
  search: z.object({ payment: text }),
  lazy: () => import('./pages/order'),
})

export const ordersPage = page('customer/orders', {
  title: 'Your orders',
  signIn: true,
  search: z.object({
    q: text,
    state: z.enum(['all', 'open', 'complete', 'cancelled']).catch('all'),
    from: text,
    to: text,
    /** The id of a firm, or `self`. */
    whose: text,
    by: text,
  }),
  lazy: () => import('./pages/orders'),
})

export const trackPage = page('customer/track', {
  title: 'Track an order',
  lazy: () => import('./pages/track'),
})

export const verifyPage = page('customer/verify', {
  title: 'Check a certificate',
  search: z.object({
    number: text,
    code: text,
    sha256: z
      .string()
      .regex(/^[0-9a-f]{64}$/i)
      .optional()
      .catch(undefined),
  }),
  lazy: () => import('./pages/verify'),
})

export const helpPage = page('customer/help', {
  title: 'Help',
  lazy: () => import('./pages/help'),
})

export const bulkPage = page('customer/bulk', {
  title: 'Order from a list',
  signIn: true,
  lazy: () => import('./pages/bulk'),
})

export const customerPages = [
  homePage,
  bulkPage,
  contactPage,
  reviewPage,
  choosePage,
  orderPage,
  ordersPage,
  trackPage,
  verifyPage,
  helpPage,
]
