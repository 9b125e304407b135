// What staff see: the bookings ahead, one booking, booking for somebody, closing a hall.
import { facts, icon, link, make, notice, page, panel, status } from './dom.js'
import { bookingForm } from './booking-form.js'
import { areaField, checkField, form, selectField, textField } from './fields.js'
import { addDays, clock, longDay, money, momentDay, momentTime, shortDay, stretch } from './words.js'

const WARNING = 'M12 4l9 16H3zM12 10v5M12 17.5v.5'
const VIEWS = [
  ['all', 'All'],
  ['held', 'Awaiting payment'],
  ['waiting', 'Could not be sent'],
  ['ended', 'Cancelled and expired'],
]
const SHOWS = {
  all: (each) => each.state === 'held' || each.state === 'confirmed',
  held: (each) => each.state === 'held',
  waiting: (each) => each.waiting.length > 0,
  ended: (each) => each.state === 'cancelled' || each.state === 'expired',
}
const WEEKS = 5

const may = (context, permission) => Boolean(context.user?.permissions.includes(permission))

/** `/`: what is on, day by day. */
export async function queuePage({ context, ask, redraw, searchParams }) {
  const show = searchParams.get('show') in SHOWS ? searchParams.get('show') : 'all'
  const hallId = searchParams.get('hall') ?? ''
  const from = searchParams.get('from') ?? ''
  const query = new URLSearchParams({
    ...(from ? { from, to: addDays(from, 7 * WEEKS) } : {}),
    ...(hallId ? { hall_id: hallId } : {}),
  })
  const [{ today, bookings, closures, is_complete: complete }, { halls }] = await Promise.all([
    ask(`/staff/bookings?${query}`),
    ask('/halls'),
  ])
  const shown = bookings.filter(SHOWS[show])
  const first = from || today
  const address = (changed) => {
    const next = new URLSearchParams({ show, hall: hallId, from, ...changed })
    for (const [name, value] of [...next])
      if (value === '' || (name === 'show' && value === 'all')) next.delete(name)
    return `/${next.size > 0 ? `?${next}` : ''}`
  }
  const days = byDay(shown, show === 'all' ? closures : [])
  return page(
    {
      staff: true,
      title: 'Hall bookings',
      lead: `${shortDay(first, today)} to ${shortDay(addDays(first, from ? 7 * WEEKS : 30), today)}`,
      actions: [
        may(context, 'bookings.halls.manage')
          ? link(context, '/halls', 'Halls and fees', { className: 'bk-secondary' })
          : null,
        link(context, '/close', 'Close a hall', { className: 'bk-secondary' }),
        link(context, '/new', 'New booking', { className: 'bk-primary' }),
      ].filter(Boolean),
    },
    views(context, show, address, bookings),
    filters({ context, halls, hallId, first, address }),
    days.length === 0 ? make('p', { class: 'bk-empty' }, EMPTY[show]) : null,
    ...days.map(([day, rows]) => dayPanel({ context, ask, redraw }, { day, rows, today, halls })),
    complete
      ? null
      : make('p', { class: 'bk-muted' }, 'More bookings than fit here. Choose a hall or a later day.'),
  )
}

const EMPTY = {
  all: 'Nothing is booked in this time.',
  held: 'Nobody owes anything for a booking.',
  waiting: 'Everything reached the council’s website.',
  ended: 'Nothing was cancelled in this time.',
}

function views(context, show, address, bookings) {
  const links = VIEWS.map(([name, text]) => {
    const count = name === 'held' || name === 'waiting' ? bookings.filter(SHOWS[name]).length : 0
    const shown = count > 0 ? `${text} (${count})` : text
    const made = link(context, address({ show: name }), shown)
    if (name === show) made.setAttribute('aria-current', 'page')
    return make('li', {}, made)
  })
  return make('nav', { class: 'bk-views', aria: { label: 'Views' } }, make('ul', {}, ...links))
}

function filters({ context, halls, hallId, first, address }) {
  const hall = selectField(
    'hall',
    'Hall',
    [['', 'All halls'], ...halls.map((each) => [each.id, each.name])],
    { value: hallId },
  )
  const from = textField('from', 'From', { type: 'date', value: first })
  hall.input.addEventListener('change', () => context.navigate(address({ hall: hall.value() })))
  from.input.addEventListener(
    'change',
    () => from.value() && context.navigate(address({ from: from.value() })),
  )
  return make(
    'div',
    { class: 'bk-filters', role: 'group', aria: { label: 'Filter' } },
    hall.element,
    from.element,
  )
}

function byDay(bookings, closures) {
  const days = new Map()
  for (const each of [...bookings, ...closures]) {
    if (!days.has(each.day)) days.set(each.day, [])
    days.get(each.day).push(each)
  }
  return [...days.entries()].sort(([a], [b]) => a.localeCompare(b))
}

function dayPanel(around, { day, rows, today, halls }) {
  const title = day === today ? `Today, ${shortDay(day)}` : shortDay(day, today)
  const sorted = rows.sort((a, b) => a.from.localeCompare(b.from))
  const list = sorted.map((each) =>
    each.number ? bookingRow(around.context, each) : closureRow(around, each, halls),
  )
  return panel(title, { flush: true }, make('ul', { class: 'bk-rows' }, ...list))
}

function bookingRow(context, each) {
  return make(
    'li',
    { class: each.waiting.length > 0 ? 'bk-row bk-wrong' : 'bk-row' },
    make('p', { class: 'bk-row-when' }, stretch(each)),
    make(
      'div',
      {},
      make(
        'p',
        { class: 'bk-row-title' },
        link(context, `/bookings/${each.id}`, each.purpose),
        ` · ${each.hall_name}`,
      ),
      make('p', { class: 'bk-muted' }, `${each.contact_name} · ${each.people} people · ${each.number}`),
    ),
    make('p', { class: 'bk-row-sum' }, each.fee_cents === 0 ? 'No fee' : money(each.fee_cents)),
    status(each.state),
  )
}

function closureRow({ ask, redraw }, each, halls) {
  const hall = halls.find(({ id }) => id === each.hall_id)?.name ?? 'Hall'
  const button = make(
    'button',
    { type: 'button', class: 'bk-secondary bk-small', aria: { label: `Open again: ${hall}` } },
    'Open again',
  )
  button.addEventListener('click', async () => {
    button.disabled = true
    try {
      await ask(`/staff/closures/${each.id}`, { method: 'DELETE' })
      await redraw()
    } catch (error) {
      button.disabled = false
      button.after(notice('error', 'It is still closed', error.message))
    }
  })
  return make(
    'li',
    { class: 'bk-row' },
    make('p', { class: 'bk-row-when' }, stretch(each)),
    make(
      'div',
      {},
      make('p', { class: 'bk-row-title' }, `${hall} is closed`),
      make('p', { class: 'bk-muted' }, each.reason),
    ),
    status('closed'),
    button,
  )
}

/** `/bookings/ID` */
export async function staffBookingPage({ context, ask, redraw }, id) {
  const booking = await ask(`/staff/bookings/${id}`)
  const history = booking.history.map(({ at, what }) =>
    make('li', {}, make('span', { class: 'bk-muted' }, `${momentDay(at)}, ${momentTime(at)}`), ` ${what}`),
  )
  return page(
    {
      staff: true,
      title: booking.purpose,
      where: link(context, '/', 'Hall bookings'),
      lead: `${booking.number}, ${booking.hall_name}, ${shortDay(booking.day)}, ${stretch(booking)}`,
      badge: status(booking.state),
      alert: stuck(booking),
      aside: staffAside({ context, ask, redraw }, booking),
    },
    panel(
      'Booking',
      {},
      facts([
        ['When', `${longDay(booking.day)}, ${stretch(booking)}`],
        ['Where', placeOf(context, booking)],
        ['People', String(booking.people)],
        ['Rate', booking.community ? 'Community group' : 'Standard'],
        ['Name', booking.contact_name],
        ['Email', make('a', { href: `mailto:${booking.contact_email}` }, booking.contact_email)],
        ['Phone', booking.contact_phone],
        ['Fee', booking.fee_cents === 0 ? 'No fee' : money(booking.fee_cents)],
        ['Paid', booking.paid_cents > 0 ? money(booking.paid_cents) : 'Nothing yet'],
        ['Refunded', booking.refunded_cents > 0 ? money(booking.refunded_cents) : ''],
        ['Cancelled because', booking.cancel_reason],
      ]),
    ),
    panel('What happened', {}, make('ol', { class: 'bk-history' }, ...history)),
  )
}

function placeOf(context, { property_id: propertyId, hall_name: hall, address }) {
  const text = `${hall}, ${address}`
  return propertyId ? make('a', { href: `/property/staff/${propertyId}` }, text) : text
}

function stuck({ waiting }) {
  if (waiting.length === 0) return null
  const words = {
    refund: 'The refund',
    notice: 'The mail',
    payment: 'The payment’s state',
    reminder: 'The reminder',
  }
  const what = waiting.map(({ kind, error }) => make('li', {}, `${words[kind] ?? 'A message'}: ${error}`))
  return make(
    'div',
    { class: 'bk-notice bk-notice-warning' },
    make('p', { class: 'bk-notice-title' }, icon(WARNING), 'Not everything has gone through'),
    make(
      'p',
      {},
      'It is tried again by itself. If it stays like this, tell your administrator what stands here.',
    ),
    make('ul', {}, ...what),
  )
}

function staffAside(around, booking) {
  const parts = []
  if (booking.state === 'held') parts.push(takePanel(around, booking))
  else if (booking.staff_url) parts.push(moneyPanel(booking))
  if (booking.cancel) parts.push(cancelPanel(around, booking))
  return parts.length > 0 ? make('div', { class: 'bk-aside' }, ...parts) : undefined
}

function takePanel({ context, ask }, booking) {
  const said = make('div')
  const button = make(
    'button',
    { type: 'button', class: 'bk-primary' },
    `Take ${money(booking.fee_cents)} at the counter`,
  )
  button.addEventListener('click', async () => {
    button.disabled = true
    try {
      const { url } = await ask(`/staff/bookings/${booking.id}/pay`, { method: 'POST', body: {} })
      context.open(url)
    } catch (error) {
      button.disabled = false
      if (error?.name !== 'AbortError')
        said.replaceChildren(notice('error', 'The payment could not be opened', error.message))
    }
  })
  return panel(
    'To pay',
    { decision: true },
    make('p', { class: 'bk-sum' }, money(booking.fee_cents)),
    make(
      'p',
      {},
      `The time is kept until ${momentTime(booking.hold_until)}, ${momentDay(booking.hold_until)}.`,
    ),
    make('p', { class: 'bk-muted' }, 'Cash, card or cheque, or a link by which they pay later.'),
    said,
    make('div', { class: 'bk-buttons' }, button),
  )
}

function moneyPanel({ staff_url: href, refund_cents: due, refunded_cents: back }) {
  const left = due - back
  return panel(
    'Money',
    {},
    left > 0 ? make('p', {}, `${money(left)} goes back to whoever booked.`) : null,
    make('a', { href }, left > 0 ? 'Open the payment and its refunds' : 'Open the payment'),
  )
}

function cancelPanel({ ask, redraw }, booking) {
  const why = areaField('reason', 'Why', { rows: 2 })
  const byCouncil = checkField('by_council', 'The council cancels', { hint: 'Then the whole fee goes back' })
  const line = make('p', { aria: { live: 'polite' } })
  const made = form({
    name: 'Cancel this booking',
    fields: [why, byCouncil],
    parts: [why.element, byCouncil.element, line],
    button: 'Cancel booking',
    send: async () => {
      const body = { refund_cents: rule().cents, reason: why.value(), by_council: byCouncil.value() }
      await ask(`/staff/bookings/${booking.id}/cancel`, { method: 'POST', body })
      await redraw()
    },
  })
  const rule = () => (byCouncil.value() ? booking.cancel_by_council : booking.cancel)
  const tell = () => {
    const { cents, reason } = rule()
    line.textContent = booking.paid_cents > 0 ? reason : 'Nothing was paid yet.'
    made.press.textContent = cents > 0 ? `Cancel and refund ${money(cents)}` : 'Cancel booking'
  }
  made.press.className = 'bk-secondary'
  byCouncil.input.addEventListener('change', tell)
  tell()
  return make(
    'details',
    { class: 'bk-panel bk-more' },
    make('summary', {}, 'Cancel this booking'),
    make('div', { class: 'bk-inside' }, made.element),
  )
}

/** `/new`: book for somebody who stands at the counter or is on the telephone. */
export async function newBookingPage({ context, ask, searchParams }) {
  const { halls } = await ask('/halls')
  const where = link(context, '/', 'Hall bookings')
  if (halls.length === 0)
    return page(
      { staff: true, title: 'New booking', where },
      make('p', { class: 'bk-empty' }, 'There is no hall yet. Add one under Halls and fees.'),
    )
  const wanted = searchParams.get('hall') ?? halls[0].id
  const hall = await ask(`/halls/${wanted}`)
  const choice = selectField(
    'hall',
    'Hall',
    halls.map((each) => [each.id, each.name]),
    { value: hall.id },
  )
  choice.input.addEventListener('change', () =>
    context.navigate(`/new?hall=${choice.value()}`, { replace: true }),
  )
  const booking = bookingForm({
    ask,
    hall,
    today: hall.today,
    button: 'Book',
    send: async (body, key) => {
      const made = await ask('/staff/bookings', { method: 'POST', body, key })
      context.navigate(`/bookings/${made.id}`)
    },
  })
  await booking.ready
  return page(
    { staff: true, title: 'New booking', where, lead: hall.address, aside: booking.aside },
    make('div', { class: 'bk-filters' }, choice.element),
    ...booking.main,
  )
}

/** `/close`: works, elections, a burst pipe. */
export async function closePage({ context, ask }) {
  const { halls } = await ask('/halls')
  const times = Array.from(
    { length: 49 },
    (_, index) => `${String(Math.floor(index / 2)).padStart(2, '0')}:${index % 2 ? '30' : '00'}`,
  )
  const options = times.map((time) => [time, clock(time)])
  const hall = selectField(
    'hall_id',
    'Hall',
    halls.map((each) => [each.id, each.name]),
  )
  const day = textField('day', 'Day', { type: 'date' })
  const from = selectField('from', 'From', options.slice(0, -1), { value: '08:00' })
  const to = selectField('to', 'To', options.slice(1), { value: '22:00' })
  const reason = textField('reason', 'Why', { hint: 'Staff see this, such as “Floor being sanded”' })
  const made = form({
    name: 'Close a hall',
    fields: [hall, day, from, to, reason],
    parts: [
      hall.element,
      day.element,
      make('div', { class: 'bk-pair' }, from.element, to.element),
      reason.element,
    ],
    button: 'Close hall',
    send: async () => {
      const body = {
        hall_id: hall.value(),
        day: day.value(),
        from: from.value(),
        to: to.value(),
        reason: reason.value(),
      }
      await ask('/staff/closures', { method: 'POST', body })
      context.navigate(`/?from=${day.value()}`)
    },
  })
  return page(
    {
      staff: true,
      title: 'Close a hall',
      where: link(context, '/', 'Hall bookings'),
      lead: 'Nobody can book it in this time.',
    },
    made.element,
  )
}
