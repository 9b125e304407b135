import { pagesOf } from '@banksia/kit'
import { z } from 'zod'

const page = pagesOf('connections')
const permission = 'connections.modules.manage'

export const modulesPage = page('settings/modules', {
  title: 'Connected modules',
  permission,
  lazy: () => import('./pages/modules'),
})

export const registerPage = page('settings/register', {
  title: 'Connect a module',
  permission,
  lazy: () => import('./pages/register'),
})

export const modulePage = page('settings/modules/$name', {
  title: 'Connected module',
  permission,
  lazy: () => import('./pages/module'),
})

export const moduleSettingsPage = page('settings/modules/$name/settings', {
  title: 'Settings of a module',
  permission,
  lazy: () => import('./pages/module-settings'),
})

export const moduleEventsPage = page('settings/modules/$name/events', {
  title: 'Events of a module',
  permission: 'connections.deliveries.read',
  search: z.object({ view: z.literal('given_up').optional().catch(undefined) }),
  lazy: () => import('./pages/module-events'),
})
