import { http, HttpResponse } from 'msw'
import { setupServer } from 'msw/node'
import type { ModuleEntry } from '../session/modules'
import type { Organisation } from '../session/organisation'
import type { User } from '../session/session'

/** The council of all tests. */
export const organisation: Organisation = {
  id: '01990000-0000-7000-8000-000000000001',
  slug: 'bluehills',
  name: 'Blue Hills Shire Council',
  service_name: 'Property certificates',
  abn: '00 000 000 000',
  email: 'certificates@bluehills.example',
  phone: '(02) 5550 0100',
  address: '12 Civic Place, Lithgow NSW 2790',
  counter_hours: 'Monday to Friday, 8:30 am to 4:30 pm',
  acknowledgement: 'We acknowledge the Wiradjuri people.',
  time_zone: 'Australia/Sydney',
  logo_url: null,
  theme: {},
}

/** A member of staff with these permissions. */
export function staff(...permissions: string[]): User {
  return {
    id: '01990000-0000-7000-8000-000000000002',
    email: 'officer@bluehills.example',
    name: 'Priya Nair',
    kind: 'staff',
    roles: ['certificate_officer'],
    permissions,
  }
}

/** A customer with an account. */
export function customer(...permissions: string[]): User {
  return {
    ...staff(...permissions),
    email: 'customer@bluehills.example',
    name: 'Mei Tran',
    kind: 'customer',
    roles: ['customer'],
  }
}

/** Every address is taken as on any host; a test adds what its page asks for. */
export const server = setupServer(
  http.get('*/api/organisations/current', () => HttpResponse.json(organisation)),
  http.get('*/api/auth/me', () => HttpResponse.json({ user: null })),
  http.get('*/api/modules', () => HttpResponse.json([])),
)

/** Answer who is signed in and which modules are on, until the end of the test. */
export function signedIn(user: User | null, modules: ModuleEntry[] = []): void {
  server.use(
    http.get('*/api/auth/me', () => HttpResponse.json({ user })),
    http.get('*/api/modules', () => HttpResponse.json(modules)),
  )
}

/** A problem document, as the server sends one. */
export function problem(
  status: number,
  detail: string,
  errors: { field: string; message: string }[] = [],
): Response {
  return HttpResponse.json(
    { type: 'urn:banksia:test:problem', title: 'Check the highlighted fields', detail, status, errors },
    { status },
  )
}
