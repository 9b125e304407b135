import type { ComponentType } from 'react'
import type { IconProps } from '@ag.ds-next/react/icon'
import type { QueryFunctionContext } from '@tanstack/react-query'
import type { Page } from './page'

export type Area = 'customer' | 'staff' | 'settings' | 'account' | 'footer'
/** The groups of the staff navigation, top to bottom. */
export type NavGroup = 'work' | 'money' | 'admin'

/** How many things wait behind an entry; shown only when someone must act, red only when something is wrong. */
export interface NavCount {
  value: number
  alert?: boolean
}

export interface NavItem {
  label: string
  to: string
  /**
   * Where it stands: `staff` (the default) in the back office, `customer` in the portal's header, `settings` on the
   * settings page, `account` in the menu of the person, `footer` under About this service.
   */
  area?: Area
  group?: NavGroup
  /** Place within its group, smallest first. */
  order?: number
  icon?: ComponentType<IconProps>
  permission?: string
  /** Only for customers, or only for staff, in the person's menu. */
  kind?: 'customer' | 'staff'
  /** One sentence for the settings page. */
  description?: string
  count?: () => NavCountQuery
}

/** A query of the count, such as `queryOptions({ queryKey, queryFn })` makes; written as a method to take any key. */
export interface NavCountQuery {
  queryKey: readonly unknown[]
  queryFn?(this: void, context: QueryFunctionContext): NavCount | Promise<NavCount>
}

/** A match of the back office's search box. */
export interface StaffMatch {
  id: string
  label: string
  detail?: string
  href: string
}

/** What a module finds for the one search box of the back office. */
export interface StaffSearch {
  title: string
  permission?: string
  find: (text: string, signal: AbortSignal) => Promise<StaffMatch[]>
}

export interface ModuleWeb {
  /** The module's one name: its folder, its addresses, its permissions. */
  name: string
  nav?: NavItem[]
  routes: Page[]
  /** One search, or several where some need a permission of their own. */
  search?: StaffSearch | readonly StaffSearch[]
}

/** Everything that a module's pages register; the default export of its `web/index.ts`. */
export function defineModule(module: ModuleWeb): ModuleWeb {
  return module
}
