import { queryOptions } from '@tanstack/react-query'
import { ChartBarIcon, FileIcon, InboxIcon, InvoiceIcon, PrintIcon } from '@ag.ds-next/react/icon'
import { defineModule, type NavCount } from '@banksia/kit'
import { countDelivery, countLines } from './api'
import { customerPages, helpPage, homePage, ordersPage, trackPage, verifyPage } from './routes'
import {
  calendarPage,
  counterPage,
  productsPage,
  queuePage,
  reportsPage,
  signingPage,
  staffOrdersPage,
  staffPages,
  standardAnswersPage,
  straightThroughPage,
  teamsPage,
  templatesPage,
  waitingPage,
} from './staff-routes'

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

/** Orders whose mail came back: each is somebody who has not heard from council. */
const cameBack = () =>
  queryOptions({
    queryKey: ['certificates', 'nav-count', 'mail'] as readonly unknown[],
    queryFn: async ({ signal }): Promise<NavCount> => {
      const { data } = await countDelivery({ signal, throwOnError: true })
      return { value: data.mail_came_back, alert: data.mail_came_back > 0 }
    },
    refetchInterval: 60_000,
  })

/** Certificates on paper that wait at the counter. */
const toHandOver = () =>
  queryOptions({
    queryKey: ['certificates', 'nav-count', 'paper'] as readonly unknown[],
    queryFn: async ({ signal }): Promise<NavCount> => {
      const { data } = await countDelivery({ signal, throwOnError: true })
      return { value: data.to_hand_over }
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
      count: cameBack,
    },
    {
      label: 'Certificate reports',
      to: reportsPage.href(),
      group: 'work',
      order: 18,
      icon: ChartBarIcon,
      permission: 'certificates.reports.read',
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
      label: 'To hand over',
      to: waitingPage.href(),
      group: 'money',
      order: 12,
      icon: PrintIcon,
      permission: 'certificates.orders.lodge',
      count: toHandOver,
    },
    {
      label: 'Certificates and fees',
      to: productsPage.href(),
      area: 'settings',
      order: 40,
      permission: 'certificates.products.manage',
      description: 'What the council sells, what it costs from when on, and how soon it comes.',
    },
    {
      label: 'Certificate templates',
      to: templatesPage.href(),
      area: 'settings',
      order: 41,
      permission: 'certificates.templates.manage',
      description:
        'What each certificate says and asks, in versions that are tried before they are published.',
    },
    {
      label: 'Standard answers',
      to: standardAnswersPage.href(),
      area: 'settings',
      order: 41,
      permission: 'certificates.templates.manage',
      description: 'What holds for all land of the council, so that certificates are answered by it.',
    },
    {
      label: 'Teams',
      to: teamsPage.href(),
      area: 'settings',
      order: 41,
      permission: 'certificates.products.manage',
      description: 'Who prepares which certificates, and so what each officer’s queue begins with.',
    },
    {
      label: 'Working days',
      to: calendarPage.href(),
      area: 'settings',
      order: 42,
      permission: 'certificates.calendar.manage',
      description: 'Public holidays, the council’s own closed days, and when certificates are due.',
    },
    {
      label: 'Signing certificate',
      to: signingPage.href(),
      area: 'settings',
      order: 43,
      permission: 'certificates.signing.manage',
      description: 'What signs each certificate as it is issued, and until when it is valid.',
    },
    {
      label: 'Issue without an officer',
      to: straightThroughPage.href(),
      area: 'settings',
      order: 45,
      permission: 'certificates.products.manage',
      description: 'Which certificates go out by themselves, when an officer must look, and a pause for all.',
    },
  ],
  routes: [...customerPages, ...staffPages],
})
