import { queryOptions } from '@tanstack/react-query'
import { FileIcon, InboxIcon, InvoiceIcon } from '@ag.ds-next/react/icon'
import { defineModule, type NavCount } from '@banksia/kit'
import { countLines } from './api'
import { customerPages, helpPage, homePage, ordersPage, trackPage, verifyPage } from './routes'
import { counterPage, productsPage, queuePage, staffOrdersPage, staffPages } from './staff-routes'

/** Certificates that are late or due today; red when any is late. */
const waiting = () =>
  queryOptions({
    queryKey: ['certificates', 'nav-count'] as readonly unknown[],
    queryFn: async ({ signal }): Promise<NavCount> => {
      const { data } = await countLines({ signal, throwOnError: true })
      return { value: data.all_open, alert: data.overdue > 0 }
    },
    refetchInterval: 60_000,
  })

export default defineModule({
  name: 'certificates',
  nav: [
    { label: 'Order a certificate', to: homePage.href(), area: 'customer', order: 10 },
    { label: 'Track an order', to: trackPage.href(), area: 'customer', order: 20 },
    { label: 'Check a certificate', to: verifyPage.href(), area: 'customer', order: 30 },
    { label: 'Help', to: helpPage.href(), area: 'customer', order: 40 },
    { label: 'Your orders', to: ordersPage.href(), area: 'account', order: 10, kind: 'customer' },
    {
      label: 'Certificates',
      to: queuePage.href(),
      group: 'work',
      order: 10,
      icon: InboxIcon,
      permission: 'certificates.orders.read',
      count: waiting,
    },
    {
      label: 'Orders',
      to: staffOrdersPage.href(),
      group: 'work',
      order: 15,
      icon: FileIcon,
      permission: 'certificates.orders.read',
    },
    {
      label: 'Counter',
      to: counterPage.href(),
      group: 'money',
      order: 10,
      icon: InvoiceIcon,
      permission: 'certificates.orders.lodge',
    },
    {
      label: 'Certificates and fees',
      to: productsPage.href(),
      area: 'settings',
      order: 40,
      permission: 'certificates.products.manage',
      description: 'What the council sells, what it costs from when on, and how soon it comes.',
    },
  ],
  routes: [...customerPages, ...staffPages],
})
