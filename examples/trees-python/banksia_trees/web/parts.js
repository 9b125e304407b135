// The parts that every page of the register is made of.

/** An element with properties and children; nothing is ever read as HTML. */
export function make(name, properties = {}, ...children) {
  const { attributes = {}, ...plain } = properties
  const made = Object.assign(document.createElement(name), plain)
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value)
  made.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== ''))
  return made
}

/** Ask Banksia; answers JSON, or throws what it says is wrong. */
export async function ask(context, url, { method = 'GET', body } = {}) {
  const headers = body === undefined ? {} : { 'Content-Type': 'application/json' }
  const sent = body === undefined ? {} : { body: JSON.stringify(body) }
  const response = await context.fetch(url, { method, headers, ...sent })
  const answer = await response.json().catch(() => ({}))
  if (response.ok) return answer
  const failure = new Error(answer.detail ?? 'The register of trees did not answer. Try again in a minute.')
  failure.fields = answer.errors ?? []
  throw failure
}

let numbers = 0
/** A control under its label; a hint is read after its name, not within it. */
export function field(label, input, hint) {
  input.id = `trees-field-${(numbers += 1)}`
  const hintId = `${input.id}-hint`
  if (hint) input.setAttribute('aria-describedby', hintId)
  return make(
    'div',
    { className: 'trees-field' },
    make('label', { htmlFor: input.id }, label),
    hint ? make('p', { className: 'trees-muted', id: hintId }, hint) : null,
    input,
  )
}

export function link(context, path, text, className = '') {
  return make('a', { href: context.href(path), className }, text)
}

export function page({ title, where, lead, actions }, ...children) {
  const head = make(
    'header',
    { className: 'trees-head' },
    make(
      'div',
      {},
      where ? make('p', { className: 'trees-muted' }, where) : null,
      make('h1', { tabIndex: -1 }, title),
      lead ? make('p', { className: 'trees-muted' }, lead) : null,
    ),
    actions ?? null,
  )
  return { title, node: make('div', { className: 'trees-page' }, head, ...children) }
}

export function panel(title, ...children) {
  return make('section', { className: 'trees-panel' }, make('h2', {}, title), ...children)
}

export function notice(tone, text) {
  const attributes = { role: tone === 'error' ? 'alert' : 'status' }
  return make('p', { className: `trees-notice trees-${tone}`, attributes }, text)
}

export const PROTECTIONS = [
  ['none', 'Not protected'],
  ['council', 'Protected by council'],
  ['heritage', 'Heritage'],
  ['threatened', 'Threatened species or habitat'],
]
const WORDS = Object.fromEntries(PROTECTIONS)

/** The protection as a word with an icon; nothing for a tree without one. */
export function badge(tree) {
  if (tree.protection === 'none') return null
  const shield = svg('svg', { viewBox: '0 0 24 24', 'aria-hidden': 'true' }, [
    svg('path', { d: 'M12 3l7 3v5c0 5-3 8-7 10-4-2-7-5-7-10V6z' }),
  ])
  return make('span', { className: 'trees-badge' }, shield, WORDS[tree.protection])
}

export function svg(name, attributes, children = []) {
  const made = document.createElementNS('http://www.w3.org/2000/svg', name)
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value)
  made.append(...children)
  return made
}

export const nameOf = (tree) => tree.common_name || tree.species

/** `Eucalyptus tereticornis, 22.5 m high, 3.1 m around`. */
export function measures(tree) {
  return [
    tree.common_name ? tree.species : '',
    tree.height_m === null ? 'height not measured' : `${tree.height_m} m high`,
    tree.girth_m === null ? '' : `${tree.girth_m} m around`,
  ]
    .filter(Boolean)
    .join(', ')
}

export function day(text) {
  return new Date(`${text}T00:00:00Z`).toLocaleDateString('en-AU', {
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    timeZone: 'UTC',
  })
}

/** A box that finds properties while one types; each match is a link made by `href`. */
export function propertySearch(context, href) {
  const found = make('ul', { className: 'trees-list', attributes: { 'aria-label': 'Properties found' } })
  const said = make('p', { className: 'trees-muted', attributes: { role: 'status' } })
  const box = make('input', { type: 'search', autocomplete: 'off' })
  let asked = 0
  box.addEventListener('input', async () => {
    const mine = ++asked
    const query = box.value.trim()
    try {
      const answer = query
        ? await ask(context, `/api/property/search?limit=8&q=${encodeURIComponent(query)}`)
        : { results: [] }
      if (mine !== asked) return
      said.textContent = query && answer.results.length === 0 ? `No property matches ${query}.` : ''
      found.replaceChildren(...answer.results.map((each) => make('li', {}, match(context, href, each))))
    } catch (error) {
      if (mine === asked && error?.name !== 'AbortError') said.textContent = error.message
    }
  })
  const label = field('Find a property by address or lot and plan', box)
  return make('div', { className: 'trees-search' }, label, said, found)
}

function match(context, href, property) {
  return link(context, href(property.id), property.address ?? property.parcels[0] ?? 'Property')
}
