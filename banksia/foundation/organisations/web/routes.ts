import { pagesOf } from '@banksia/kit'

const page = pagesOf('organisations')

export const detailsPage = page('settings/details', {
  title: 'Council details',
  permission: 'organisations.details.manage',
  lazy: () => import('./pages/details'),
})

export const lookPage = page('settings/look', {
  title: 'Logo and colours',
  permission: 'organisations.details.manage',
  lazy: () => import('./pages/look'),
})

export const modulesPage = page('settings/modules', {
  title: 'Modules',
  permission: 'organisations.modules.manage',
  lazy: () => import('./pages/modules'),
})

export const moduleSettingsPage = page('settings/modules/$name', {
  title: 'Module settings',
  permission: 'organisations.modules.manage',
  lazy: () => import('./pages/module-settings'),
})
