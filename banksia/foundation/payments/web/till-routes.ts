import { pagesOf } from '@banksia/kit'
import { z } from 'zod'

const page = pagesOf('payments')

export const tillPage = page('staff/till', {
  title: 'Till',
  permission: 'payments.counter.take',
  lazy: () => import('./pages/till'),
})

export const tillSessionsPage = page('staff/tills', {
  title: 'Tills',
  permission: 'payments.payments.read',
  search: z.object({ show: z.enum(['all', 'open', 'unbanked']).catch('all') }),
  lazy: () => import('./pages/till-sessions'),
})

export const tillSessionPage = page('staff/tills/$sessionId', {
  title: 'Till session',
  permission: 'payments.payments.read',
  lazy: () => import('./pages/till-session'),
})

export const bankingsPage = page('staff/bankings', {
  title: 'Banking',
  permission: 'payments.payments.read',
  lazy: () => import('./pages/bankings'),
})

export const bankingPage = page('staff/bankings/$bankingId', {
  title: 'Banking',
  permission: 'payments.payments.read',
  lazy: () => import('./pages/banking'),
})

export const waiversPage = page('staff/waivers', {
  title: 'Waivers',
  permission: 'payments.payments.read',
  search: z.object({ state: z.enum(['awaiting_approval', 'all']).catch('awaiting_approval') }),
  lazy: () => import('./pages/waivers'),
})

const word = z.string().optional().catch(undefined)

export const newWaiverPage = page('staff/waivers/new', {
  title: 'Ask to waive a fee',
  permission: 'payments.counter.take',
  search: z.object({ kind: word, subject: word }),
  lazy: () => import('./pages/new-waiver'),
})

export const tillSettingsPage = page('settings/tills', {
  title: 'Counters and tills',
  permission: 'payments.tills.manage',
  lazy: () => import('./pages/till-settings'),
})

export const tillPages = [
  tillPage,
  tillSessionsPage,
  tillSessionPage,
  bankingsPage,
  bankingPage,
  newWaiverPage,
  waiversPage,
  tillSettingsPage,
]
