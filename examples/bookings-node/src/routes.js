// The routes of the module: each checks for itself who asks, whatever the gateway has checked before.
import { answer, bytesOf, compile, jsonOf } from './http.js'
import { bookingAnswer, hallAnswer, staffAnswer } from './answers.js'
import * as bookings from './bookings.js'
import { closeHall, daysAsked, freeDays, hallOf, listHalls, openHall, saveHall } from './halls.js'
import { addDays, isDay } from './clock.js'
import { invalid, Problem } from './problem.js'
import { hearEvent } from './hearing.js'
import { propertyWidget, todayWidget } from './widgets.js'
import { payPage } from './work.js'

const MANAGE = 'bookings.bookings.manage'
const HALLS = 'bookings.halls.manage'
const KEY = /^[\x21-\x7e]{1,100}$/
const MOST_ROWS = 200

/** What every route is given: who asks, and what their council has. */
async function asked({ request, deps, url, parameters }, permission = null) {
  const person = await deps.identity.of(request.headers.authorization)
  if (permission && !person.permissions.includes(permission)) throw bookings.refuse(permission)
  const { council } = person
  const settings = await deps.banksia.settings(council)
  const kept = deps.store.of(council.url)
  const clock = bookings.clockOf(deps.store, settings)
  return { ...deps, person, council, settings, kept, clock, url, parameters, request }
}

async function customer(context) {
  const all = await asked(context)
  if (all.person.kind === 'guest' || all.person.id === '')
    throw new Problem(401, 'sign-in', 'Sign in first', 'Sign in to book a hall or to see your bookings.')
  return all
}

const staff = (context) => asked(context, MANAGE)

const PUBLIC = [
  [
    'GET /halls',
    async (context) => {
      const { kept } = await asked(context)
      return { halls: listHalls(kept).map(hallAnswer) }
    },
  ],
  [
    'GET /halls/{hall_id}',
    async (context) => {
      const { kept, parameters, settings, clock } = await asked(context)
      const { full_refund_days, part_refund_days, part_refund_percent } = settings
      const rules = { full_refund_days, part_refund_days, part_refund_percent }
      return { ...hallAnswer(hallOf(kept, parameters.hall_id)), rules, today: clock.today }
    },
  ],
  [
    'GET /halls/{hall_id}/days',
    async (context) => {
      const { kept, parameters, url, clock } = await asked(context)
      const hall = hallOf(kept, parameters.hall_id)
      return { days: freeDays(kept, hall, { ...daysAsked(url.searchParams), ...clock }) }
    },
  ],
  [
    'POST /quotes',
    async (context) => {
      const { store, council, settings, request } = await asked(context)
      return bookings.quote(store, council.url, settings, await jsonOf(request))
    },
  ],
]

const CUSTOMER = [
  [
    'GET /bookings',
    async (context) => {
      const { kept, person, settings, clock } = await customer(context)
      const own = [...kept.bookings.values()].filter((each) => each.customer_id === person.id)
      return { bookings: latest(own).map((each) => bookingAnswer(each, { settings, clock })) }
    },
  ],
  [
    'POST /bookings',
    async (context) => {
      const { store, council, settings, person, request, clock, work } = await customer(context)
      const body = await jsonOf(request)
      const made = bookings.makeBooking(store, council.url, settings, { body, person, key: keyOf(request) })
      void work.run()
      return [201, bookingAnswer(made, { settings, clock })]
    },
  ],
  [
    'GET /bookings/{booking_id}',
    async (context) => {
      const all = await customer(context)
      return bookingAnswer(
        await upToDate(all, bookings.ownBooking(all.kept, all.parameters.booking_id, all.person)),
        all,
      )
    },
  ],
  [
    'POST /bookings/{booking_id}/pay',
    async (context) => {
      const all = await customer(context)
      return pay(all, bookings.ownBooking(all.kept, all.parameters.booking_id, all.person))
    },
  ],
  [
    'POST /bookings/{booking_id}/cancel',
    async (context) => {
      const all = await customer(context)
      const booking = bookings.ownBooking(all.kept, all.parameters.booking_id, all.person)
      return bookingAnswer(await cancel(all, booking, { byCouncil: false }), all)
    },
  ],
]

const STAFF = [
  [
    'GET /staff/bookings',
    async (context) => {
      const all = await staff(context)
      const { kept, clock, url, settings } = all
      const from = url.searchParams.get('from') ?? clock.today
      const to = url.searchParams.get('to') ?? addDays(from, 30)
      if (!isDay(from) || !isDay(to)) throw invalid([{ field: 'from', message: 'Give days as 2026-12-05.' }])
      const hall = url.searchParams.get('hall_id')
      const wanted = (each) => each.day >= from && each.day <= to && (!hall || each.hall_id === hall)
      const rows = [...kept.bookings.values()].filter(wanted).sort(byTime)
      const closures = [...kept.closures.values()].filter(wanted).sort(byTime)
      return {
        today: clock.today,
        bookings: rows.slice(0, MOST_ROWS).map((each) => staffAnswer(each, { settings, clock, kept })),
        is_complete: rows.length <= MOST_ROWS,
        closures,
      }
    },
  ],
  [
    'POST /staff/bookings',
    async (context) => {
      const all = await staff(context)
      const { store, council, settings, person, request, work } = all
      const body = await jsonOf(request)
      const wanted = { body, person, key: keyOf(request), staff: true }
      const made = bookings.makeBooking(store, council.url, settings, wanted)
      void work.run()
      return [201, staffAnswer(made, all)]
    },
  ],
  [
    'GET /staff/bookings/{booking_id}',
    async (context) => {
      const all = await staff(context)
      return staffAnswer(await upToDate(all, bookings.bookingOf(all.kept, all.parameters.booking_id)), all)
    },
  ],
  [
    'POST /staff/bookings/{booking_id}/pay',
    async (context) => {
      const all = { ...(await staff(context)), forStaff: true }
      return pay(all, bookings.bookingOf(all.kept, all.parameters.booking_id))
    },
  ],
  [
    'POST /staff/bookings/{booking_id}/cancel',
    async (context) => {
      const all = await staff(context)
      const booking = bookings.bookingOf(all.kept, all.parameters.booking_id)
      return staffAnswer(await cancel(all, booking, { byCouncil: null }), all)
    },
  ],
  [
    'GET /staff/halls',
    async (context) => {
      const { kept } = await asked(context, HALLS)
      return { halls: listHalls(kept, { all: true }).map(hallAnswer) }
    },
  ],
  [
    'POST /staff/halls',
    async (context) => {
      const { store, council, request } = await asked(context, HALLS)
      return [201, hallAnswer(saveHall(store, council.url, await jsonOf(request)))]
    },
  ],
  [
    'PUT /staff/halls/{hall_id}',
    async (context) => {
      const { store, council, request, parameters } = await asked(context, HALLS)
      return hallAnswer(saveHall(store, council.url, await jsonOf(request), parameters.hall_id))
    },
  ],
  [
    'POST /staff/closures',
    async (context) => {
      const { store, council, request } = await staff(context)
      return [201, closeHall(store, council.url, await jsonOf(request))]
    },
  ],
  [
    'DELETE /staff/closures/{closure_id}',
    async (context) => {
      const { store, council, parameters } = await staff(context)
      openHall(store, council.url, parameters.closure_id)
      return [204]
    },
  ],
]

/** What Banksia itself asks: events, widgets, how we are. */
const OWN = [
  ['GET /health', async ({ deps }) => ({ status: 'ok', version: deps.manifest.version })],
  ['GET /.well-known/banksia/meta.json', async ({ deps }) => deps.manifest],
  ['POST /events', async ({ request, deps }) => hearEvent(deps, request.headers, await bytesOf(request))],
  ['GET /widgets/today', async (context) => todayWidget(await staff(context))],
  ['GET /widgets/property', async (context) => propertyWidget(await asked(context))],
]

export const ROUTES = compile([
  ...[...PUBLIC, ...CUSTOMER, ...STAFF].map(([route, handle]) => [
    route.replace(' ', ' /bookings/api'),
    handle,
  ]),
  ...OWN.map(([route, handle]) => [route.replace(' ', ' /bookings'), handle]),
])

/** Runs a route: it answers a body, or `[status, body]`. */
export async function run(response, handle, context) {
  const told = await handle(context)
  const [status, body] = Array.isArray(told) ? told : [200, told]
  answer(response, status, body)
}

/** Where a booking is paid: by whoever booked, or by staff for them. Both are pages of the council's. */
async function pay(all, booking) {
  const fresh = await upToDate(all, booking)
  bookings.checkPayable(all.store, fresh)
  const { url, staff_url: staffUrl } = await payPage({ ...all, booking: fresh })
  const { pathname, search } = new URL(all.forStaff ? staffUrl : url)
  return { url: `${pathname}${search}` }
}

async function cancel({ store, council, settings, person, request, work }, booking, { byCouncil }) {
  const body = await jsonOf(request)
  const reason = typeof body.reason === 'string' ? body.reason.trim().slice(0, 500) : ''
  const cancelled = bookings.cancelBooking(store, council.url, settings, booking, {
    person,
    reason,
    seenCents: body.refund_cents,
    byCouncil: byCouncil ?? body.by_council === true,
  })
  void work.run()
  return cancelled
}

/** A booking that waits for money is asked about when somebody looks; without an answer it is shown as it was. */
async function upToDate({ banksia, store, council, settings, kept, work, log }, booking) {
  if (!booking.payment_url || booking.state === 'confirmed') return booking
  try {
    const money = await banksia.payment(council, booking.id)
    if (bookings.takePayment(store, council.url, settings, booking.id, money)) void work.run()
  } catch (error) {
    log(`${booking.number}: ${error.body?.cause ?? error.message}`)
  }
  return kept.bookings.get(booking.id)
}

function keyOf(request) {
  const key = request.headers['idempotency-key']
  if (key === undefined) return null
  if (KEY.test(key)) return key
  throw new Problem(
    422,
    'invalid',
    'The key cannot be used',
    'Send an Idempotency-Key of 1 to 100 characters.',
  )
}

const byTime = (a, b) => `${a.day} ${a.from}`.localeCompare(`${b.day} ${b.from}`)
const latest = (rows) => rows.sort((a, b) => -byTime(a, b)).slice(0, MOST_ROWS)
