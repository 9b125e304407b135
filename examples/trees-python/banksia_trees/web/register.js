// The register, and the trees of one property on its map.
import { treeForm } from './form.js'
import { treeMap } from './map.js'
import {
  badge,
  day,
  field,
  link,
  make,
  measures,
  nameOf,
  page,
  panel,
  PROTECTIONS,
  propertySearch,
} from './parts.js'

const keeps = (context) => Boolean(context.user?.permissions.includes('trees.register.keep'))

/** `/`: the newest entries, filtered by what is in the address, and a box to find a property. */
export async function registerPage({ context, ask, searchParams }) {
  const wanted = new URLSearchParams({ limit: '25' })
  for (const name of ['protection', 'unplaced'])
    if (searchParams.get(name)) wanted.set(name, searchParams.get(name))
  const rows = make('ul', { className: 'trees-list trees-panel' })
  const more = make('button', { type: 'button', className: 'trees-secondary' }, 'Show more')
  const said = make('p', { attributes: { role: 'status' } })

  async function load(cursor) {
    const asked = new URLSearchParams({ ...Object.fromEntries(wanted), ...(cursor ? { cursor } : {}) })
    const { results, next_cursor: next } = await ask(`/api/trees/register?${asked}`)
    rows.append(...results.map((tree) => row(context, tree)))
    more.hidden = !next
    more.onclick = () => load(next).catch((error) => (said.textContent = error.message))
  }
  await load()
  return page(
    { title: 'Significant trees' },
    propertySearch(context, (id) => `/properties/${id}`),
    filters(context, searchParams),
    rows.childElementCount > 0
      ? rows
      : make('p', { className: 'trees-empty' }, 'No tree here. Find a property to register its first one.'),
    said,
    more,
  )
}

function filters(context, searchParams) {
  const links = [
    ['/', 'All', !searchParams.get('protection') && !searchParams.get('unplaced')],
    ...PROTECTIONS.slice(1).map(([value, text]) => [
      `/?protection=${value}`,
      text,
      searchParams.get('protection') === value,
    ]),
    ['/?unplaced=1', 'Not on the map yet', searchParams.get('unplaced') !== null],
  ]
  const items = links.map(([path, text, isHere]) => {
    const made = link(context, path, text)
    if (isHere) made.setAttribute('aria-current', 'page')
    return make('li', {}, made)
  })
  return make(
    'nav',
    { className: 'trees-views', attributes: { 'aria-label': 'Views' } },
    make('ul', {}, ...items),
  )
}

function row(context, tree) {
  return make(
    'li',
    {},
    make('div', { className: 'trees-name' }, link(context, `/trees/${tree.id}`, nameOf(tree)), badge(tree)),
    make('p', { className: 'trees-muted' }, measures(tree)),
    make(
      'p',
      { className: 'trees-muted' },
      `Since ${day(tree.valid_from_on)} `,
      link(context, `/properties/${tree.property_id}`, 'Its property'),
    ),
  )
}

/** `/properties/ID`, with `?as_at=2026-05-03` as it was then. */
export async function propertyPage({ context, ask, redraw, searchParams }, propertyId) {
  const asAt = searchParams.get('as_at')
  const query = asAt ? `?as_at=${encodeURIComponent(asAt)}` : ''
  const [property, land] = await Promise.all([
    ask(`/api/trees/properties/${propertyId}${query}`),
    ask(`/api/property/properties/${propertyId}/map`).catch(() => ({ features: [] })),
  ])
  const may = keeps(context) && !asAt
  const form = may ? treeForm({ button: 'Register tree', send: (tree) => register(tree) }) : null
  const map = treeMap({ lots: land.features, property, onPlace: form ? form.place : null })
  const rows = property.trees.map((tree) => {
    const item = row(context, tree)
    item.addEventListener('pointerenter', () => map.show(tree.id))
    item.addEventListener('focusin', () => map.show(tree.id))
    return item
  })
  async function register(tree) {
    await ask('/api/trees/register', { method: 'POST', body: { ...tree, property_id: propertyId } })
    await redraw()
  }
  form?.onPlaced((place) => map.mark(place))
  return page(
    {
      title: `Trees at ${property.address ?? 'a property without an address'}`,
      where: link(context, '/', 'All significant trees'),
      lead: make('a', { href: `/property/staff/${propertyId}` }, 'Open the property'),
      actions: dayForm(context, propertyId, asAt),
    },
    make(
      'div',
      { className: 'trees-columns' },
      make('div', {}, map.element),
      make(
        'div',
        { className: 'trees-side' },
        rows.length > 0
          ? make(
              'ul',
              { className: 'trees-list trees-panel', attributes: { 'aria-label': 'Trees' } },
              ...rows,
            )
          : make(
              'p',
              { className: 'trees-empty' },
              asAt
                ? `No tree was registered here on ${day(asAt)}.`
                : 'No significant tree is registered here.',
            ),
      ),
    ),
    form ? panel('Register a tree', form.element) : null,
  )
}

function dayForm(context, propertyId, asAt) {
  const input = make('input', { type: 'date', value: asAt ?? '' })
  const form = make(
    'form',
    { className: 'trees-day' },
    field('As it was on', input),
    make('button', { type: 'submit', className: 'trees-secondary' }, 'Show this day'),
  )
  form.addEventListener('submit', (event) => {
    event.preventDefault()
    context.navigate(`/properties/${propertyId}${input.value ? `?as_at=${input.value}` : ''}`)
  })
  return form
}
