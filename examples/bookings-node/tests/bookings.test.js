import assert from 'node:assert/strict'
import { afterEach, beforeEach, test } from 'node:test'
import { connected, dayIn, HALL, MANAGER, until, wish } from './council.js'

const STAFF = { kind: 'staff', name: 'Tom Okafor', permissions: MANAGER, sub: 'tom' }
const ROBIN = { sub: 'robin' }
let here
let hall
let now

beforeEach(async () => {
  now = null
  here = await connected({ now: () => now ?? new Date() })
  hall = (await here.ask(STAFF, 'POST /staff/halls', HALL)).body
})
afterEach(() => here.close())

const book = (changes, person = ROBIN, key) => here.ask(person, 'POST /bookings', wish(hall, changes), key)
const read = async (id, person = ROBIN) => (await here.ask(person, `GET /bookings/${id}`)).body
const hear = (event) => fetch(`${here.base}/events`, { method: 'POST', ...event })
const settled = (id, options) =>
  hear(
    here.council.event(
      'payments.payment_settled',
      { payable_kind: 'bookings.booking', payable_id: id },
      options,
    ),
  )
const quiet = () =>
  until(() => here.app.deps.store.of(here.council.url).tasks.size === 0, 'nothing is left to do')

async function paid(changes) {
  const { body } = await book(changes)
  await here.ask(ROBIN, `POST /bookings/${body.id}/pay`, {})
  assert.ok(here.council.pay(body.id))
  assert.equal((await settled(body.id)).status, 200)
  await quiet()
  return read(body.id)
}

test('a booking is held, paid and confirmed, with mail and a reminder', async () => {
  const { status, body } = await book()
  assert.equal(status, 201)
  assert.deepEqual([body.state, body.fee_cents, body.number.slice(0, 3)], ['held', 9000, 'HB-'])
  const { body: pay } = await here.ask(ROBIN, `POST /bookings/${body.id}/pay`, {})
  assert.match(pay.url, /^\/payments\/customer\/pay\//)
  here.council.pay(body.id)
  await settled(body.id)
  await quiet()
  assert.deepEqual([(await read(body.id)).state, (await read(body.id)).paid_cents], ['confirmed', 9000])
  const [notice] = here.council.notices.values()
  assert.match(notice.subject, /Memorial Hall is yours/)
  const [reminder] = here.council.reminders.values()
  assert.deepEqual(reminder.data, { booking_id: body.id })
  const [told] = here.council.events.values()
  assert.equal(told.type, 'bookings.booking_made')
  assert.ok(!JSON.stringify(told).includes('robin'))
})

test('a taken time is refused, however many ask at once', async () => {
  const answers = await Promise.all(
    Array.from({ length: 12 }, (_, index) => book({ from: '11:00', to: '13:00' }, { sub: `p${index}` })),
  )
  assert.deepEqual(answers.map(({ status }) => status).sort(), [201, ...Array(11).fill(409)])
  assert.equal((await book({ from: '12:00', to: '14:00' })).status, 409)
  assert.equal((await book({ from: '13:00', to: '14:00' })).status, 201)
})

test('the same key is the same booking', async () => {
  const [first, second] = [await book({}, ROBIN, 'k'), await book({}, ROBIN, 'k')]
  assert.equal(first.body.id, second.body.id)
  assert.equal((await book({}, { sub: 'other' }, 'k')).status, 409)
})

test('what is wrong lands on its field', async () => {
  const { status, body } = await book({ people: 500, contact_email: 'nobody', purpose: ' ', from: '07:00' })
  assert.equal(status, 422)
  assert.deepEqual(body.errors.map(({ field }) => field).sort(), [
    'contact_email',
    'from',
    'people',
    'purpose',
  ])
})

test('another customer sees nothing of it', async () => {
  const { body } = await book()
  for (const [method, rest] of [
    ['GET', ''],
    ['POST', '/pay'],
    ['POST', '/cancel'],
  ])
    assert.equal(
      (
        await here.ask(
          { sub: 'other' },
          `${method} /bookings/${body.id}${rest}`,
          method === 'POST' ? {} : undefined,
        )
      ).status,
      404,
    )
  assert.deepEqual((await here.ask({ sub: 'other' }, 'GET /bookings')).body.bookings, [])
})

test('cancelling gives back by the rules, once', async () => {
  const booking = await paid({ day: dayIn(7) })
  assert.equal(booking.cancel.cents, 4500)
  const changed = await here.ask(ROBIN, `POST /bookings/${booking.id}/cancel`, { refund_cents: 9000 })
  assert.deepEqual([changed.status, changed.body.refund.cents], [409, 4500])
  assert.equal(
    (await here.ask(ROBIN, `POST /bookings/${booking.id}/cancel`, { refund_cents: 4500 })).status,
    200,
  )
  await quiet()
  const cancelled = await read(booking.id)
  assert.deepEqual([cancelled.state, cancelled.refunded_cents], ['cancelled', 4500])
  assert.deepEqual(here.council.refunds, [4500])
  assert.equal(
    (await here.ask(ROBIN, `POST /bookings/${booking.id}/cancel`, { refund_cents: 0 })).status,
    409,
  )
  assert.equal((await book({ day: dayIn(7) })).status, 201)
})

test('a refund that was cut off in the middle gives nothing twice', async () => {
  const booking = await paid()
  const { council } = here
  council.failing = 503
  await here.ask(ROBIN, `POST /bookings/${booking.id}/cancel`, { refund_cents: 9000 })
  // The council took the refund, and its answer was lost.
  const payment = council.payments.get(booking.id)
  Object.assign(payment, { refunded_cents: 9000, refundable_cents: 0, state: 'refunded' })
  council.failing = null
  now = new Date(Date.now() + 3_600_000)
  await here.app.deps.work.run()
  await quiet()
  now = null
  assert.deepEqual([council.refunds, (await read(booking.id)).refunded_cents], [[], 9000])
})

test('what was paid at the counter is given back there, and the booking follows', async () => {
  const { body } = await here.ask(STAFF, 'POST /staff/bookings', wish(hall))
  const { body: pay } = await here.ask(STAFF, `POST /staff/bookings/${body.id}/pay`, {})
  assert.match(pay.url, /^\/payments\/staff\/payables\//)
  here.council.pay(body.id, { counter: true })
  await settled(body.id)
  await quiet()
  await here.ask(STAFF, `POST /staff/bookings/${body.id}/cancel`, {
    refund_cents: 9000,
    by_council: true,
    reason: 'Flood',
  })
  const stuck = () => here.ask(STAFF, `GET /staff/bookings/${body.id}`)
  await until(async () => (await stuck()).body.waiting.length === 1, 'staff are told')
  assert.match((await stuck()).body.waiting[0].error, /at the counter/)
  Object.assign(here.council.payments.get(body.id), {
    refunded_cents: 9000,
    refundable_cents: 0,
    state: 'refunded',
  })
  await hear(
    here.council.event('payments.payment_refunded', {
      payable_kind: 'bookings.booking',
      payable_id: body.id,
    }),
  )
  await quiet()
  assert.equal((await stuck()).body.refunded_cents, 9000)
})

test('an unpaid time is given up, and payments closes it first', async () => {
  const { body } = await book()
  await here.ask(ROBIN, `POST /bookings/${body.id}/pay`, {})
  now = new Date(Date.now() + 31 * 60_000)
  await here.app.deps.work.run()
  assert.equal(here.council.payments.get(body.id).state, 'cancelled')
  const kept = () => here.app.deps.store.of(here.council.url).bookings.get(body.id).state
  assert.equal(kept(), 'expired')
})

test('who paid in the last second keeps the time, though no event came', async () => {
  const { body } = await book()
  await here.ask(ROBIN, `POST /bookings/${body.id}/pay`, {})
  here.council.pay(body.id)
  now = new Date(Date.now() + 31 * 60_000)
  await here.app.deps.work.run()
  assert.equal(here.app.deps.store.of(here.council.url).bookings.get(body.id).state, 'confirmed')
})

test('nothing is given up while nobody knows whether it is paid', async () => {
  const { body } = await book()
  await here.ask(ROBIN, `POST /bookings/${body.id}/pay`, {})
  here.council.failing = 503
  now = new Date(Date.now() + 31 * 60_000)
  await here.app.deps.work.run()
  assert.equal(here.app.deps.store.of(here.council.url).bookings.get(body.id).state, 'held')
})

test('an event counts once, a forged or old one never', async () => {
  const booking = await paid()
  const event = here.council.event(
    'payments.payment_settled',
    { payable_kind: 'bookings.booking', payable_id: booking.id },
    { id: 'e1' },
  )
  assert.deepEqual(await (await hear(event)).json(), { heard: true })
  assert.deepEqual(await (await hear(event)).json(), { heard: false })
  await quiet()
  assert.equal(here.council.notices.size, 1)
  const forged = here.council.event(
    'payments.payment_settled',
    {},
    { secret: `whsec_${Buffer.from('another').toString('base64')}` },
  )
  const old = here.council.event('payments.payment_settled', {}, { at: Date.now() - 3_600_000 })
  const changed = { ...event, body: event.body.replace(booking.id, 'x') }
  for (const each of [forged, old, changed, { body: event.body, headers: {} }])
    assert.equal((await hear(each)).status, 401)
})

test('a reminder reaches who has booked, not who has cancelled', async () => {
  const booking = await paid()
  const due = () =>
    hear(here.council.event('bookings.reminder_due', { reminder_id: 'r', data: { booking_id: booking.id } }))
  await due()
  await quiet()
  assert.equal([...here.council.notices.values()].filter(({ text }) => text.includes('reminder')).length, 1)
  await here.ask(ROBIN, `POST /bookings/${booking.id}/cancel`, { refund_cents: 9000 })
  await due()
  await quiet()
  assert.equal([...here.council.notices.values()].filter(({ text }) => text.includes('reminder')).length, 1)
})

test('a closed hall takes no booking, and a booked one is not closed', async () => {
  const closing = { hall_id: hall.id, day: dayIn(20), from: '08:00', to: '12:00', reason: 'Floor sanded' }
  const closed = await here.ask(STAFF, 'POST /staff/closures', closing)
  assert.equal(closed.status, 201)
  assert.equal((await book({ day: dayIn(20) })).status, 409)
  assert.equal((await here.ask(STAFF, `DELETE /staff/closures/${closed.body.id}`)).status, 204)
  assert.equal((await book({ day: dayIn(20) })).status, 201)
  assert.equal((await here.ask(STAFF, 'POST /staff/closures', closing)).status, 409)
})

test('free days and quotes say what a booking would find', async () => {
  await book({ day: dayIn(10), from: '08:00', to: '20:00' })
  const { body } = await here.ask(
    { kind: 'guest', sub: 'guest' },
    `GET /halls/${hall.id}/days?from=${dayIn(10)}&count=2`,
  )
  assert.deepEqual(
    body.days.map(({ free }) => free),
    [[{ from: '20:00', to: '22:00' }], [{ from: '08:00', to: '22:00' }]],
  )
  const quoted = await here.ask(ROBIN, 'POST /quotes', {
    hall_id: hall.id,
    day: dayIn(10),
    from: '19:00',
    to: '21:00',
    community: true,
  })
  assert.deepEqual([quoted.body.fee_cents, quoted.body.taken], [4000, true])
})

test('the widgets tell customers nothing of who booked', async () => {
  await paid({ day: dayIn(3) })
  const widget = async (person) =>
    (
      await fetch(`${here.base}/widgets/property?property_id=${HALL.property_id}`, {
        headers: { Authorization: `Bearer ${here.council.token(person)}` },
      })
    ).json()
  const [staff, customer] = [await widget(STAFF), await widget(ROBIN)]
  assert.match(staff.lines[0].title, /Dance class/)
  assert.equal(customer.lines[0].title, 'Booked')
  assert.ok(!JSON.stringify(customer).includes('Robin Hall'))
  const today = await fetch(`${here.base}/widgets/today`, {
    headers: { Authorization: `Bearer ${here.council.token(STAFF)}` },
  })
  assert.deepEqual(
    (await today.json()).counts.map(({ count }) => count),
    [0, 0],
  )
})

test('settings of the council hold', async () => {
  here.council.settings = { full_refund_days: 60, part_refund_percent: 25, gl_code: '4711' }
  const other = await connected()
  try {
    other.council.settings = { ahead_days: 5 }
    const { body } = await other.ask(STAFF, 'POST /staff/halls', HALL)
    assert.equal((await other.ask(ROBIN, 'POST /bookings', wish(body))).status, 422)
    assert.equal((await other.ask(STAFF, 'POST /staff/bookings', wish(body))).status, 201)
  } finally {
    await other.close()
  }
})

test('what has no fee needs no payment', async () => {
  const free = { ...HALL, name: 'Park shelter', community_hourly_cents: 0 }
  hall = (await here.ask(STAFF, 'POST /staff/halls', free)).body
  const { body } = await book({ community: true })
  assert.deepEqual([body.state, body.fee_cents], ['confirmed', 0])
})
