// A month of a hall: on which days there is time, as a table of buttons.
import { make } from './dom.js'
import { addMonths, daysIn, longDay, monthName, stretch, weekdayOf } from './words.js'

const WEEKDAYS = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday']

/** Draws months into an element; `load(from, count)` answers their days, `onDay(day)` is told of the chosen one. */
export function calendar({ month, today, hall, load, onDay, chosen }) {
  const element = make('div', { class: 'bk-calendar' })
  let asked = 0
  let selected = chosen

  async function show(wanted, focus) {
    const mine = ++asked
    const days = await load(`${wanted}-01`, daysIn(wanted))
    if (mine !== asked) return
    element.replaceChildren(head(wanted, show, today), table(wanted, days), legend())
    if (focus) element.querySelector(`[data-move="${focus}"]:not(:disabled)`)?.focus()
  }

  function table(wanted, days) {
    const cells = days.map((each) => make('td', {}, dayButton(each)))
    const blank = Array.from({ length: weekdayOf(`${wanted}-01`) }, () => make('td'))
    const all = [...blank, ...cells]
    while (all.length % 7 !== 0) all.push(make('td'))
    const rows = Array.from({ length: all.length / 7 }, (_, index) =>
      make('tr', {}, ...all.slice(index * 7, index * 7 + 7)),
    )
    const names = WEEKDAYS.map((name) =>
      make('th', { scope: 'col' }, make('abbr', { title: name }, name.slice(0, 2))),
    )
    return make(
      'table',
      {},
      make('caption', { class: 'bk-hidden' }, `Free days in ${monthName(wanted)}`),
      make('thead', {}, make('tr', {}, ...names)),
      make('tbody', {}, ...rows),
    )
  }

  function dayButton({ day, past, free }) {
    const [kind, words] = past
      ? ['past', 'gone by']
      : free.length === 0
        ? ['full', 'nothing free']
        : isWhole(free, hall)
          ? ['free', 'free all day']
          : ['some', `free ${free.map(stretch).join(', ')}`]
    const button = make(
      'button',
      {
        type: 'button',
        class: `bk-day bk-day-${kind}`,
        disabled: past || free.length === 0,
        aria: { label: `${longDay(day)}, ${words}`, pressed: day === selected ? 'true' : 'false' },
        data: { day },
      },
      make('span', {}, String(Number(day.slice(8)))),
    )
    button.addEventListener('click', () => {
      selected = day
      for (const each of element.querySelectorAll('[data-day]'))
        each.setAttribute('aria-pressed', String(each.dataset.day === day))
      onDay({ day, free })
    })
    return button
  }

  return { element, show: () => show(month) }
}

const isWhole = ([only, ...more], hall) =>
  more.length === 0 && only.from === hall.opens && only.to === hall.closes

function head(wanted, show, today) {
  const move = (count, name, text) => {
    const button = make(
      'button',
      {
        type: 'button',
        class: 'bk-secondary bk-small',
        disabled: count < 0 && wanted <= today.slice(0, 7),
        aria: { label: `${text}, ${monthName(addMonths(wanted, count))}` },
        data: { move: name },
      },
      count < 0 ? '‹' : '›',
    )
    button.addEventListener('click', () => void show(addMonths(wanted, count), name))
    return button
  }
  return make(
    'div',
    { class: 'bk-calendar-head' },
    move(-1, 'back', 'The month before'),
    make('p', { aria: { live: 'polite' } }, monthName(wanted)),
    move(1, 'on', 'The month after'),
  )
}

function legend() {
  const kinds = [
    ['free', 'Free all day'],
    ['some', 'Some time free'],
    ['full', 'Nothing free'],
  ]
  return make(
    'ul',
    { class: 'bk-legend' },
    ...kinds.map(([kind, text]) =>
      make('li', {}, make('span', { class: `bk-mark bk-day-${kind}`, aria: { hidden: 'true' } }), text),
    ),
  )
}
