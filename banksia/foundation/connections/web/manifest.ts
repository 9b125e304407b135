import type { Manifest } from './api'

export type { Manifest } from './api'
export type Audience = Manifest['routes'][number]['audience']
export type PageMode = NonNullable<Manifest['pages']>['mode']

/** Whom an address of a module is for, most open first. */
export const AUDIENCES = {
  public: 'Everybody, signed in or not',
  customer: 'Customers who are signed in',
  staff: 'Staff with the permission',
  admin: 'Administrators with the permission',
  service: 'Other modules and programs',
} as const satisfies Record<Audience, string>

/** What a module may do beyond its own addresses, in the words of whoever approves it. */
export const CAPABILITIES: Readonly<Record<string, string>> = {
  'property.search': 'Search properties by address, lot and plan',
  'property.get': 'Read one property: its address, lots and areas',
  'property.snapshot': 'Read all that is known of a property at a time',
  'payments.raise': 'Ask people to pay, see whether they paid, and refund',
  'notices.send': 'Send email in the name of the council',
  'objects.store': 'Keep files here',
  'audit.record': 'Write into the audit log',
  'reminders.enqueue': 'Be told at a time that it asks for',
}

/** `counter_clerk` as a person reads it: `Counter clerk`. */
export const inWords = (name: string) => name.charAt(0).toUpperCase() + name.slice(1).replaceAll('_', ' ')
