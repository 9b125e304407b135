// Choosing a time of a hall and saying who books it; customers and staff fill in the same.
import { make, newKey, panel } from './dom.js'
import { calendar } from './calendar.js'
import { checkField, form, optionsOf, selectField, textField } from './fields.js'
import { asTime, inMinutes, clock, longDay, money, stretch } from './words.js'

const STEP = 15

/** `{ main, aside }` of a page. `send(body, key)` books; `person` is who is signed in, where that is the customer. */
export function bookingForm({ ask, hall, today, person, send, button, refused }) {
  const key = newKey()
  const chosen = { day: null, free: [] }
  const from = selectField('from', 'From', [])
  const to = selectField('to', 'To', [])
  const when = make('p', { class: 'bk-when', aria: { live: 'polite' } }, 'Choose a day.')
  const times = make('div', { class: 'bk-pair', hidden: true }, from.element, to.element)
  const purpose = textField('purpose', 'What is it for?', {
    hint: 'Such as a birthday, dance class or meeting',
  })
  const people = textField('people', 'How many people?', {
    inputMode: 'numeric',
    hint: `Up to ${hall.capacity}`,
  })
  const community = checkField('community', 'For a community group', {
    hint: `Not for profit and open to everybody: ${money(hall.community_hourly_cents)} an hour`,
  })
  const name = textField('contact_name', 'Name', {
    value: person?.name ?? '',
    autocomplete: person ? 'name' : 'off',
  })
  const email = textField('contact_email', 'Email', {
    type: 'email',
    value: person?.email ?? '',
    autocomplete: person ? 'email' : 'off',
    hint: 'The confirmation and the receipt go here',
  })
  const phone = textField('contact_phone', 'Phone (optional)', {
    type: 'tel',
    autocomplete: person ? 'tel' : 'off',
  })
  const fields = [from, to, purpose, people, community, name, email, phone]
  const sum = make('p', { class: 'bk-sum', aria: { live: 'polite' } }, '–')
  const line = make('p', { class: 'bk-muted' }, 'Choose a day and a time to see the fee.')

  const body = () => ({
    hall_id: hall.id,
    day: chosen.day,
    from: from.value(),
    to: to.value(),
    community: community.value(),
    purpose: purpose.value(),
    people: Number.parseInt(people.value(), 10) || 0,
    contact_name: name.value(),
    contact_email: email.value(),
    contact_phone: phone.value(),
  })
  const made = form({
    name: 'Book this hall',
    fields,
    parts: [
      make('fieldset', {}, make('legend', {}, 'When'), when, times),
      make(
        'fieldset',
        {},
        make('legend', {}, 'What for'),
        purpose.element,
        people.element,
        community.element,
      ),
      make('fieldset', {}, make('legend', {}, 'Who'), name.element, email.element, phone.element),
      make('div', { class: 'bk-decision bk-panel bk-inside' }, make('h2', {}, 'Fee'), sum, line),
    ],
    button,
    send: async () => {
      if (!chosen.day)
        throw Object.assign(new Error('Choose a day in the calendar.'), {
          body: { title: 'No day is chosen' },
        })
      await send(body(), key)
    },
  })

  let asked = 0
  async function price() {
    const mine = ++asked
    if (!chosen.day || !from.value() || !to.value()) return
    const quoted = await ask('/quotes', { method: 'POST', body: body() })
    if (mine !== asked) return
    sum.textContent =
      quoted.problems.length > 0 ? '–' : quoted.fee_cents === 0 ? 'No fee' : money(quoted.fee_cents)
    line.textContent =
      quoted.problems[0]?.message ??
      `${longDay(chosen.day)}, ${stretch({ from: from.value(), to: to.value() })}`
  }
  const quiet = () =>
    price().catch(() => (line.textContent = 'The fee could not be worked out. Choose the time again.'))

  function chooseFrom() {
    const starts = chosen.free.flatMap((each) =>
      steps(inMinutes(each.from), inMinutes(each.to) - hall.least_minutes),
    )
    keep(from.input, starts)
    chooseTo()
  }
  function chooseTo() {
    const begin = inMinutes(from.value())
    const here = chosen.free.find((each) => inMinutes(each.from) <= begin && begin < inMinutes(each.to))
    keep(to.input, here ? steps(begin + hall.least_minutes, inMinutes(here.to)) : [])
    void quiet()
  }
  from.input.addEventListener('change', chooseTo)
  to.input.addEventListener('change', () => void quiet())
  community.input.addEventListener('change', () => void quiet())

  const month = calendar({
    month: today.slice(0, 7),
    today,
    hall,
    load: async (first, count) => (await ask(`/halls/${hall.id}/days?from=${first}&count=${count}`)).days,
    onDay: ({ day, free }) => {
      Object.assign(chosen, { day, free })
      when.textContent = `${longDay(day)}: free ${free.map(stretch).join(', ')}.`
      times.hidden = false
      chooseFrom()
    },
  })
  const shown = month.show()
  const main = [
    panel('Free times', { hint: `Let from ${clock(hall.opens)} to ${clock(hall.closes)}` }, month.element),
  ]
  return { main, aside: refused ?? made.element, ready: shown }
}

function steps(first, last) {
  const found = []
  for (let minute = first; minute <= last; minute += STEP) found.push(asTime(minute))
  return found
}

/** New choices, with the old one where it still stands. */
function keep(input, times) {
  const before = input.value
  input.replaceChildren(...optionsOf(times.map((time) => [time, clock(time)])))
  if (times.includes(before)) input.value = before
}
