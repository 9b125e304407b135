// What customers see: the halls, a hall with its free times, their bookings.
import { facts, link, make, notice, panel, page, status } from './dom.js'
import { bookingForm } from './booking-form.js'
import { areaField, form } from './fields.js'
import { longDay, momentDay, momentTime, money, shortDay, stretch } from './words.js'

/** `/`: the halls that are let. */
export async function hallsPage({ context, ask }) {
  const { halls } = await ask('/halls')
  const cards = halls.map((hall) =>
    make(
      'li',
      { class: 'bk-card' },
      make('h2', {}, link(context, `/halls/${hall.id}`, hall.name)),
      make('p', { class: 'bk-muted' }, hall.address),
      hall.description ? make('p', {}, hall.description) : null,
      facts([
        ['Holds', `${hall.capacity} people`],
        ['Let', stretch({ from: hall.opens, to: hall.closes })],
        ['Fee', feeWords(hall)],
      ]),
    ),
  )
  return page(
    {
      title: 'Book a hall',
      lead: `Halls of ${context.organisation.name}: see what is free, book and pay online.`,
      actions: context.user
        ? [link(context, '/bookings', 'Your bookings', { className: 'bk-secondary' })]
        : undefined,
    },
    cards.length > 0
      ? make('ul', { class: 'bk-cards' }, ...cards)
      : make('p', { class: 'bk-empty' }, 'No hall can be booked online yet. Call the council to ask.'),
  )
}

function feeWords(hall) {
  const hourly = hall.hourly_cents === 0 ? 'free' : `${money(hall.hourly_cents)} an hour`
  const daily = hall.daily_cents === null ? '' : `, at most ${money(hall.daily_cents)} a day`
  return `${hourly}${daily}; community groups ${money(hall.community_hourly_cents)} an hour`
}

/** `/halls/ID`: what it is, its free times, and the booking. */
export async function hallPage({ context, ask }, id) {
  const hall = await ask(`/halls/${id}`)
  const person = context.user && { name: context.user.name, email: context.user.email ?? '' }
  const refused = context.user
    ? null
    : panel(
        'Book this hall',
        { decision: true },
        make('p', {}, 'Sign in to book. A council account is free and takes a minute.'),
        make('div', { class: 'bk-buttons' }, signInLink(context, id)),
      )
  const booking = bookingForm({
    ask,
    hall,
    today: hall.today,
    person,
    refused,
    button: 'Book and go to payment',
    send: async (body, key) => {
      const made = await ask('/bookings', { method: 'POST', body, key })
      if (made.state !== 'held') return context.navigate(`/bookings/${made.id}`)
      await payNow({ context, ask }, made)
    },
  })
  await booking.ready
  return page(
    { title: hall.name, where: link(context, '/', 'All halls'), lead: hall.address, aside: booking.aside },
    ...booking.main,
    panel(
      'About this hall',
      {},
      hall.description ? make('p', {}, hall.description) : null,
      facts([
        ['Holds', `${hall.capacity} people`],
        ['Has', hall.facilities],
        ['Fee', feeWords(hall)],
      ]),
    ),
    panel(
      'If you cancel',
      {},
      make('ul', { class: 'bk-rules' }, ...rulesOf(hall.rules).map((each) => make('li', {}, each))),
    ),
  )
}

function signInLink(context, id) {
  const back = encodeURIComponent(context.href(`/halls/${id}`))
  return make(
    'a',
    { class: 'bk-primary', href: `/auth/customer/sign-in?return_to=${back}` },
    'Sign in to book',
  )
}

function rulesOf({ full_refund_days: full, part_refund_days: part, part_refund_percent: percent }) {
  return [
    `${full} days or more before: the whole fee is refunded.`,
    ...(percent > 0 && part < full ? [`${part} to ${full - 1} days before: ${percent}% is refunded.`] : []),
    `Later than that: nothing is refunded.`,
  ]
}

/** Go to the council's payment page. If it is not there yet, the booking's own page can be used to try again. */
async function payNow({ context, ask }, booking) {
  try {
    const { url } = await ask(`/bookings/${booking.id}/pay`, { method: 'POST', body: {} })
    context.open(url)
  } catch {
    context.navigate(`/bookings/${booking.id}?pay=again`)
  }
}

/** `/bookings`: those of whoever is signed in. */
export async function bookingsPage({ context, ask }) {
  const { bookings } = await ask('/bookings')
  const rows = bookings.map((each) =>
    make(
      'li',
      { class: 'bk-row' },
      make(
        'div',
        {},
        make(
          'p',
          { class: 'bk-row-title' },
          link(context, `/bookings/${each.id}`, `${each.hall_name}, ${shortDay(each.day)}`),
        ),
        make('p', { class: 'bk-muted' }, `${stretch(each)} · ${each.number} · ${each.purpose}`),
      ),
      status(each.state),
    ),
  )
  return page(
    { title: 'Your bookings', where: link(context, '/', 'All halls') },
    rows.length > 0
      ? make('ul', { class: 'bk-rows bk-panel' }, ...rows)
      : make(
          'p',
          { class: 'bk-empty' },
          'You have not booked a hall yet. ',
          link(context, '/', 'See the halls'),
        ),
  )
}

/** `/bookings/ID`: one booking, what is to be done about it, and the way to cancel it. */
export async function bookingPage({ context, ask, redraw, searchParams }, id) {
  const booking = await ask(`/bookings/${id}`)
  return page(
    {
      title: `${booking.hall_name}, ${shortDay(booking.day)}`,
      where: link(context, '/bookings', 'Your bookings'),
      lead: `Booking ${booking.number}`,
      badge: status(booking.state),
      alert: alertOf(booking, searchParams),
      aside: decisionOf({ context, ask, redraw }, booking),
    },
    panel(
      'Booking',
      {},
      facts([
        ['When', `${longDay(booking.day)}, ${stretch(booking)}`],
        ['Where', `${booking.hall_name}, ${booking.address}`],
        ['For', booking.purpose],
        ['People', String(booking.people)],
        ['Fee', booking.fee_cents === 0 ? 'No fee' : money(booking.fee_cents)],
        ['Paid', booking.paid_cents > 0 ? money(booking.paid_cents) : ''],
        ['Refunded', booking.refunded_cents > 0 ? money(booking.refunded_cents) : ''],
        ['Name', booking.contact_name],
        ['Email', booking.contact_email],
      ]),
    ),
  )
}

function alertOf(booking, searchParams) {
  if (booking.state === 'held' && searchParams.get('pay') === 'again')
    return notice(
      'warning',
      'The payment page did not open',
      'Your time is kept and nothing was charged. Press pay to try again.',
    )
  if (booking.state === 'confirmed' && !booking.is_over)
    return notice('success', 'The hall is yours', `A confirmation was sent to ${booking.contact_email}.`)
  if (booking.state === 'expired')
    return notice(
      'warning',
      'This time is no longer kept for you',
      'It was not paid in time. Nothing was charged; book again if it is still free.',
    )
  if (booking.state === 'cancelled' && booking.refund_cents > booking.refunded_cents)
    return notice(
      'info',
      `${money(booking.refund_cents)} is on its way back to you`,
      'It goes back the way it was paid.',
    )
  return null
}

function decisionOf(around, booking) {
  const parts = []
  if (booking.state === 'held' && !booking.is_over) parts.push(payPanel(around, booking))
  if (booking.cancel) parts.push(cancelPanel(around, booking))
  return parts.length > 0 ? make('div', { class: 'bk-aside' }, ...parts) : undefined
}

function payPanel({ context, ask }, booking) {
  const said = make('div')
  const button = make('button', { type: 'button', class: 'bk-primary' }, `Pay ${money(booking.fee_cents)}`)
  button.addEventListener('click', async () => {
    button.disabled = true
    try {
      const { url } = await ask(`/bookings/${booking.id}/pay`, { method: 'POST', body: {} })
      context.open(url)
    } catch (error) {
      button.disabled = false
      if (error?.name !== 'AbortError')
        said.replaceChildren(notice('error', 'The payment page did not open', error.message))
    }
  })
  return panel(
    'To pay',
    { decision: true },
    make('p', { class: 'bk-sum' }, money(booking.fee_cents)),
    make(
      'p',
      {},
      `The time is kept for you until ${momentTime(booking.hold_until)}, ${momentDay(booking.hold_until)}.`,
    ),
    said,
    make('div', { class: 'bk-buttons' }, button),
  )
}

function cancelPanel({ ask, redraw }, booking) {
  const { cents, reason } = booking.cancel
  const why = areaField('reason', 'Why (optional)', { rows: 2 })
  const made = form({
    name: 'Cancel this booking',
    fields: [why],
    parts: [make('p', {}, booking.paid_cents > 0 ? reason : 'Nothing was paid yet.'), why.element],
    button: cents > 0 ? `Cancel and get ${money(cents)} back` : 'Cancel this booking',
    send: async () => {
      await ask(`/bookings/${booking.id}/cancel`, {
        method: 'POST',
        body: { refund_cents: cents, reason: why.value() },
      })
      await redraw()
    },
  })
  made.press.className = 'bk-secondary'
  const summary = make('summary', {}, 'Cancel this booking')
  return make(
    'details',
    { class: 'bk-panel bk-more' },
    summary,
    make('div', { class: 'bk-inside' }, made.element),
  )
}
