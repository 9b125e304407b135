import { describe, expect, test } from 'vitest'
import type { ModuleEntry } from '@banksia/kit'
import { activeHref } from '@banksia/kit'
import { customer, staff } from '@banksia/kit/testing'
import type { BuiltIn } from '../src/modules'
import { isEnabled, navGroups, navOf } from '../src/navigation'

const certificates: BuiltIn = {
  name: 'certificates',
  alwaysOn: false,
  routes: [],
  nav: [
    {
      label: 'Reports',
      to: '/certificates/staff/reports',
      group: 'money',
      permission: 'certificates.reports.read',
    },
    { label: 'Certificates', to: '/certificates/staff', permission: 'certificates.orders.read', order: 10 },
    { label: 'Order a certificate', to: '/', area: 'customer' },
    { label: 'Your orders', to: '/certificates/customer/orders', area: 'account', kind: 'customer' },
  ],
}
const audit: BuiltIn = {
  name: 'audit',
  alwaysOn: true,
  routes: [],
  nav: [{ label: 'Audit log', to: '/audit/staff', group: 'admin', permission: 'audit.read' }],
}
const enabled: ModuleEntry[] = [
  {
    name: 'certificates',
    title: 'Certificates',
    navigation: [{ label: 'From the server', to: '/x', area: 'staff' }],
  },
  {
    name: 'trees',
    title: 'Trees',
    page_url: '/modules/trees/page.js',
    navigation: [{ label: 'Trees', to: '/trees/staff', area: 'staff', group: 'unheard of' }],
  },
]
const labels = (...args: Parameters<typeof navOf>) => navOf(...args).map(({ label }) => label)
const all = [certificates, audit]

describe('navOf', () => {
  test('leaves out what the person may not do', () => {
    expect(labels('staff', all, enabled, staff('certificates.orders.read'))).toEqual([
      'Certificates',
      'Trees',
    ])
    expect(labels('staff', all, enabled, staff('certificates.reports.read', 'audit.read'))).toEqual([
      'Audit log',
      'Reports',
      'Trees',
    ])
    expect(labels('staff', all, enabled, null)).toEqual(['Trees'])
  })

  test('leaves out modules that the council has switched off, never the foundation', () => {
    expect(labels('staff', all, [], staff('certificates.orders.read', 'audit.read'))).toEqual(['Audit log'])
    expect(isEnabled(certificates, [])).toBe(false)
    expect(isEnabled(audit, [])).toBe(true)
  })

  test('keeps the areas apart, and the menus of customers and staff', () => {
    expect(labels('customer', all, enabled, null)).toEqual(['Order a certificate'])
    expect(labels('account', all, enabled, customer())).toEqual(['Your orders'])
    expect(labels('account', all, enabled, staff())).toEqual([])
  })
})

test('groups stand in their order, an unknown one is work, and empty ones are left out', () => {
  const items = navOf('staff', all, enabled, staff('audit.read'))
  expect(navGroups(items).map((group) => group.map(({ label }) => label))).toEqual([['Trees'], ['Audit log']])
})

test('the entry that is open is the longest one that the address begins with', () => {
  const hrefs = ['/certificates/staff', '/certificates/staff/reports', '/cert']
  expect(activeHref(hrefs, '/certificates/staff/reports/2026')).toBe('/certificates/staff/reports')
  expect(activeHref(hrefs, '/certificates/staff/queue')).toBe('/certificates/staff')
  expect(activeHref(hrefs, '/certificates')).toBeUndefined()
})
