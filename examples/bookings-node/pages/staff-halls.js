// Halls, their fees and their place: what an administrator keeps.
import { ask as askFor, link, make, page } from './dom.js'
import { areaField, checkField, form, selectField, textField } from './fields.js'
import { centsOf, clock, money, stretch } from './words.js'

const SHORTEST = [
  ['15', '15 minutes'],
  ['30', '30 minutes'],
  ['60', '1 hour'],
  ['120', '2 hours'],
  ['180', '3 hours'],
  ['240', '4 hours'],
]
const HOURS = Array.from({ length: 25 }, (_, hour) => `${String(hour).padStart(2, '0')}:00`).map((time) => [
  time,
  clock(time),
])

/** `/halls` */
export async function hallListPage({ context, ask }) {
  const { halls } = await ask('/staff/halls')
  const rows = halls.map((hall) =>
    make(
      'li',
      { class: 'bk-row' },
      make(
        'div',
        {},
        make('p', { class: 'bk-row-title' }, link(context, `/halls/${hall.id}`, hall.name)),
        make(
          'p',
          { class: 'bk-muted' },
          `${hall.address} · ${hall.capacity} people · ${stretch({ from: hall.opens, to: hall.closes })}`,
        ),
      ),
      make('p', { class: 'bk-row-sum' }, `${money(hall.hourly_cents)} an hour`),
      hall.is_let ? null : make('span', { class: 'bk-status bk-ended' }, 'Not let'),
    ),
  )
  return page(
    {
      staff: true,
      title: 'Halls and fees',
      where: link(context, '/', 'Hall bookings'),
      actions: [link(context, '/halls/new', 'Add a hall', { className: 'bk-primary' })],
    },
    rows.length > 0
      ? make('ul', { class: 'bk-rows bk-panel' }, ...rows)
      : make(
          'p',
          { class: 'bk-empty' },
          'There is no hall yet. Add the first one, with its property and its fees.',
        ),
  )
}

/** `/halls/new` and `/halls/ID` */
export async function hallFormPage({ context, ask }, id) {
  const { halls } = await ask('/staff/halls')
  const hall = halls.find((each) => each.id === id)
  const title = hall ? hall.name : 'Add a hall'
  const text = (name, label, more) => textField(name, label, { value: hall?.[name] ?? '', ...more })
  const dollars = (name, label, more) => {
    const cents = hall?.[name]
    const value = cents === undefined || cents === null ? '' : (cents / 100).toFixed(2)
    return textField(name, label, { value, inputMode: 'decimal', ...more })
  }
  const place = propertyField(context, hall)
  const name = text('name', 'Name')
  const description = areaField('description', 'About (optional)', { value: hall?.description ?? '' })
  const facilities = text('facilities', 'What it has (optional)', {
    hint: 'Kitchen, stage, 120 chairs, ramp',
  })
  const capacity = text('capacity', 'How many people fit?', {
    inputMode: 'numeric',
    value: String(hall?.capacity ?? ''),
  })
  const opens = selectField('opens', 'Let from', HOURS.slice(0, -1), { value: hall?.opens ?? '08:00' })
  const closes = selectField('closes', 'Let to', HOURS.slice(1), { value: hall?.closes ?? '22:00' })
  const shortest = selectField('least_minutes', 'Shortest booking', SHORTEST, {
    value: String(hall?.least_minutes ?? 60),
  })
  const hourly = dollars('hourly_cents', 'Fee per hour ($)', { hint: 'With GST' })
  const communityFee = dollars('community_hourly_cents', 'Fee per hour for community groups ($)')
  const daily = dollars('daily_cents', 'Most for a day ($, optional)')
  const isLet = checkField('is_let', 'Can be booked', { checked: hall?.is_let ?? true })
  const fields = [
    name,
    place,
    description,
    facilities,
    capacity,
    opens,
    closes,
    shortest,
    hourly,
    communityFee,
    daily,
    isLet,
  ]
  const made = form({
    name: title,
    fields,
    parts: [
      make(
        'fieldset',
        {},
        make('legend', {}, 'The hall'),
        ...[name, place, description, facilities, capacity].map((each) => each.element),
      ),
      make(
        'fieldset',
        {},
        make('legend', {}, 'When'),
        make('div', { class: 'bk-pair' }, opens.element, closes.element),
        shortest.element,
      ),
      make('fieldset', {}, make('legend', {}, 'Fees'), hourly.element, communityFee.element, daily.element),
      isLet.element,
    ],
    button: hall ? 'Save hall' : 'Add hall',
    send: async () => {
      const body = {
        name: name.value(),
        description: description.value(),
        facilities: facilities.value(),
        ...place.chosen(),
        capacity: Number.parseInt(capacity.value(), 10) || null,
        opens: opens.value(),
        closes: closes.value(),
        least_minutes: Number(shortest.value()),
        hourly_cents: centsOf(hourly.value()),
        community_hourly_cents: centsOf(communityFee.value()),
        daily_cents: daily.value().trim() === '' ? null : (centsOf(daily.value()) ?? -1),
        is_let: isLet.value(),
      }
      await ask(hall ? `/staff/halls/${hall.id}` : '/staff/halls', { method: hall ? 'PUT' : 'POST', body })
      context.navigate('/halls')
    },
  })
  return page({ staff: true, title, where: link(context, '/halls', 'Halls and fees') }, made.element)
}

/** The property on which it stands: typed, then chosen from what the register answers. */
function propertyField(context, hall) {
  const chosen = { property_id: hall?.property_id ?? null, address: hall?.address ?? '' }
  const made = textField('address', 'Property', {
    value: chosen.address,
    type: 'search',
    hint: 'Type an address or a lot and plan, and choose from the list',
  })
  const found = make('ul', { class: 'bk-found', aria: { label: 'Properties found' } })
  const line = make('p', { class: 'bk-hint', role: 'status' })
  made.element.append(line, found)
  let asked = 0
  made.input.addEventListener('input', async () => {
    const mine = ++asked
    Object.assign(chosen, { property_id: null, address: '' })
    const query = made.value().trim()
    if (query.length < 3) return found.replaceChildren()
    try {
      const { results } = await askFor(context, `/api/property/search?limit=6&q=${encodeURIComponent(query)}`)
      if (mine !== asked) return
      line.textContent = results.length === 0 ? `No property matches ${query}.` : `${results.length} found.`
      found.replaceChildren(...results.map((each) => make('li', {}, choiceOf(each))))
    } catch (error) {
      if (mine === asked && error?.name !== 'AbortError') line.textContent = error.message
    }
  })
  const choiceOf = (property) => {
    const text = property.address ?? property.parcels[0] ?? 'A property without an address'
    const button = make('button', { type: 'button', class: 'bk-link' }, text)
    button.addEventListener('click', () => {
      Object.assign(chosen, { property_id: property.id, address: text })
      made.input.value = text
      line.textContent = `Chosen: ${text}`
      found.replaceChildren()
      made.input.focus()
    })
    return button
  }
  return { ...made, chosen: () => ({ ...chosen }) }
}
