// Making elements, asking our own API, and the few parts that every page is made of.

/** An element with properties and children; `aria` and `data` go to attributes, nothing is ever read as HTML. */
export function make(name, properties = {}, ...children) {
  const made = document.createElement(name)
  for (const [key, value] of Object.entries(properties)) {
    if (value === undefined || value === null) continue
    if (key === 'aria' || key === 'data')
      for (const [part, text] of Object.entries(value)) {
        if (text !== undefined && text !== null && text !== false) made.setAttribute(`${key}-${part}`, text)
      }
    else if (key === 'for') made.htmlFor = value
    else if (key === 'class') made.className = value
    else if (key === 'role' || key === 'scope' || key === 'colspan') made.setAttribute(key, value)
    else made[key] = value
  }
  made.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== false))
  return made
}

let numbers = 0
/** An id that no other element of the page has. */
export const newId = (name) => `bk-${name}-${(numbers += 1)}`

/** What the council's website answered instead of what was asked for. */
export class Refused extends Error {
  constructor(status, body) {
    super(body.detail ?? 'Hall bookings do not answer. Try again in a minute.')
    this.status = status
    this.body = body
    this.fields = body.errors ?? []
  }
}

/** Ask our own API; answers JSON or throws Refused. */
export async function ask(context, path, { method = 'GET', body, key } = {}) {
  const headers = { Accept: 'application/json' }
  if (body !== undefined) headers['Content-Type'] = 'application/json'
  if (key) headers['Idempotency-Key'] = key
  const url = path.startsWith('/api/') ? path : `/api/bookings${path}`
  const response = await context.fetch(url, {
    method,
    headers,
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  if (response.status === 204) return null
  const answer = await response.json().catch(() => ({}))
  if (!response.ok) throw new Refused(response.status, answer)
  return answer
}

/** A key under which sending something twice is once; the plain random source also works in a frame. */
export function newKey() {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) =>
    byte.toString(16).padStart(2, '0'),
  ).join('')
}

export function link(context, path, text, properties = {}) {
  return make('a', { href: context.href(path), ...properties }, text)
}

/** A framed section with a title row. */
export function panel(title, { action, hint, flush = false, decision = false } = {}, ...children) {
  const id = newId('panel')
  return make(
    'section',
    { class: decision ? 'bk-panel bk-decision' : 'bk-panel', aria: { labelledby: id } },
    make(
      'header',
      {},
      make('div', {}, make('h2', { id }, title), hint ? make('p', { class: 'bk-muted' }, hint) : null),
      action ?? null,
    ),
    make('div', { class: flush ? 'bk-flush' : 'bk-inside' }, ...children),
  )
}

const TONES = {
  confirmed: ['Paid', 'success', 'M5 12.5l4.5 4.5L19 7.5'],
  held: ['Awaiting payment', 'wait', 'M12 6.5v6l4 2'],
  expired: ['Expired', 'ended', 'M7 7l10 10M17 7L7 17'],
  cancelled: ['Cancelled', 'ended', 'M7 7l10 10M17 7L7 17'],
  closed: ['Closed', 'wait', 'M6 12h12'],
}

/** A state as word, icon and colour. */
export function status(state, word) {
  const [text, tone, path] = TONES[state]
  return make('span', { class: `bk-status bk-${tone}` }, icon(path), word ?? text)
}

export function icon(path) {
  const made = document.createElementNS('http://www.w3.org/2000/svg', 'svg')
  for (const [name, value] of Object.entries({
    viewBox: '0 0 24 24',
    'aria-hidden': 'true',
    class: 'bk-icon',
  }))
    made.setAttribute(name, value)
  const line = document.createElementNS('http://www.w3.org/2000/svg', 'path')
  line.setAttribute('d', path)
  made.append(line)
  return made
}

/** Facts as a list of terms; an empty one is left out. */
export function facts(pairs) {
  const shown = pairs.filter(([, value]) => value !== '' && value !== null && value !== undefined)
  return make(
    'dl',
    { class: 'bk-facts' },
    ...shown.map(([term, value]) => make('div', {}, make('dt', {}, term), make('dd', {}, value))),
  )
}

/** Something that a person must know now. */
export function notice(tone, title, text, ...more) {
  return make(
    'div',
    { class: `bk-notice bk-notice-${tone}`, role: tone === 'error' ? 'alert' : 'status', tabIndex: -1 },
    make('p', { class: 'bk-notice-title' }, title),
    text ? make('p', {}, text) : null,
    ...more,
  )
}

/** A page: where one is, its title, actions, and what stands on it. */
export function page({ title, where, lead, badge, actions, aside, alert, staff = false }, ...children) {
  const head = make(
    'header',
    { class: 'bk-head' },
    make(
      'div',
      {},
      where ? make('p', { class: 'bk-where' }, where) : null,
      make('div', { class: 'bk-title' }, make('h1', { tabIndex: -1 }, title), badge ?? null),
      lead ? make('p', { class: 'bk-lead' }, lead) : null,
    ),
    actions ? make('div', { class: 'bk-actions' }, ...actions) : null,
  )
  const body = make(
    'div',
    { class: aside ? 'bk-columns' : 'bk-one' },
    make('div', { class: 'bk-main' }, ...children),
    aside,
  )
  return {
    title,
    node: make('div', { class: staff ? 'bk-page bk-staff' : 'bk-page' }, alert ?? null, head, body),
  }
}
