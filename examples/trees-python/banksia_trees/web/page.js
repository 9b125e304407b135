// The register of trees, as a plain ES module: no build, no framework. The shell mounts it at context.basePath.
//   /                        the newest entries, and a box to find a property
//   /properties/PROPERTY_ID  the trees of one property, and for those who may, a form to register one

export const contract = 1

export function mount(element, context) {
  const root = make('div', { className: 'trees' })
  const sheet = make('link', { rel: 'stylesheet', href: new URL('./page.css', import.meta.url).href })
  element.append(sheet, root)
  let shown = 0

  // Only the newest request may draw: a slow answer to an address that was left is dropped.
  async function show(path) {
    const mine = ++shown
    const match = /^\/properties\/([0-9a-f-]+)/.exec(path)
    try {
      const page = match
        ? await propertyPage(context, match[1], () => show(path))
        : await registerPage(context)
      if (mine !== shown || context.signal.aborted) return
      context.setTitle(page.title)
      root.replaceChildren(...page.nodes)
    } catch (error) {
      if (mine === shown && error?.name !== 'AbortError') root.replaceChildren(alertOf(error))
    }
  }

  const stop = context.onPathChange((path) => void show(path))
  void show(context.path)
  return {
    unmount() {
      shown += 1
      stop()
      root.remove()
      sheet.remove()
    },
  }
}

async function registerPage(context) {
  const register = await ask(context, '/api/trees/register?limit=50')
  const found = make('ul', { ariaLabel: 'Properties found' })
  const box = make('input', { type: 'search', autocomplete: 'off' })
  let asked = 0
  box.addEventListener('input', async () => {
    const mine = ++asked
    const query = box.value.trim()
    try {
      const answer = query
        ? await ask(context, `/api/property/search?limit=8&q=${encodeURIComponent(query)}`)
        : { results: [] }
      if (mine === asked)
        found.replaceChildren(...answer.results.map((each) => make('li', {}, propertyLink(context, each))))
    } catch (error) {
      if (mine === asked && error?.name !== 'AbortError')
        found.replaceChildren(make('li', {}, alertOf(error)))
    }
  })
  const nodes = [
    make('h1', {}, 'Significant trees'),
    make('label', {}, 'Find a property by address or lot and plan', box),
    found,
    make('h2', {}, 'Latest entries'),
    list(register.results, 'The register is empty. Find a property to register its first tree.', (tree) => [
      ...describe(tree),
      link(context, `/properties/${tree.property_id}`, 'Its property'),
    ]),
  ]
  return { title: 'Significant trees', nodes }
}

async function propertyPage(context, propertyId, redraw) {
  const property = await ask(context, `/api/trees/properties/${propertyId}`)
  const title = property.address ?? 'A property without an address'
  const nodes = [
    link(context, '/', 'All significant trees'),
    make('h1', {}, `Trees at ${title}`),
    list(property.trees, 'No significant tree is registered here.', describe),
  ]
  if (context.user?.permissions.includes('trees.register.keep'))
    nodes.push(registerForm(context, propertyId, redraw))
  return { title: `Trees at ${title}`, nodes }
}

function registerForm(context, propertyId, redraw) {
  const species = make('input', { name: 'species', required: true, maxLength: 200 })
  const height = make('input', { name: 'height_m', type: 'number', min: '0.1', max: '120', step: '0.1' })
  const isProtected = make('input', { name: 'protected', type: 'checkbox' })
  const note = make('textarea', { name: 'note', rows: 3, maxLength: 5000 })
  const said = make('div')
  const form = make(
    'form',
    { ariaLabel: 'Register a tree' },
    make('h2', {}, 'Register a tree'),
    said,
    make('label', {}, 'Species', species),
    make('label', {}, 'Height in metres, if measured', height),
    make('label', { className: 'trees-check' }, isProtected, 'Protected'),
    make('label', {}, 'Note', note),
    make('button', { type: 'submit' }, 'Register tree'),
  )
  form.addEventListener('submit', async (event) => {
    event.preventDefault()
    const tree = {
      property_id: propertyId,
      species: species.value,
      height_m: height.value === '' ? null : height.value,
      protected: isProtected.checked,
      note: note.value,
    }
    try {
      await ask(context, '/api/trees/register', { method: 'POST', body: JSON.stringify(tree) })
      await redraw()
    } catch (error) {
      if (error?.name !== 'AbortError') said.replaceChildren(alertOf(error))
    }
  })
  return form
}

async function ask(context, url, options = {}) {
  const response = await context.fetch(url, { ...options, headers: { 'Content-Type': 'application/json' } })
  const answer = await response.json()
  if (!response.ok)
    throw new Error(answer.detail ?? 'The register of trees did not answer. Try again in a minute.')
  return answer
}

function describe(tree) {
  const facts = [
    tree.height_m === null ? 'height not measured' : `${tree.height_m} m`,
    tree.protected ? 'protected' : '',
  ]
  const lines = [make('strong', {}, tree.species), make('p', {}, facts.filter(Boolean).join(', '))]
  return tree.note ? [...lines, make('p', {}, tree.note)] : lines
}

function list(rows, whenEmpty, draw) {
  if (rows.length === 0) return make('p', {}, whenEmpty)
  return make('ul', {}, ...rows.map((row) => make('li', {}, ...draw(row))))
}

function propertyLink(context, property) {
  return link(context, `/properties/${property.id}`, property.address ?? property.parcels[0] ?? 'Property')
}

function link(context, path, text) {
  const anchor = make('a', { href: context.href(path) }, text)
  anchor.addEventListener('click', (event) => {
    if (event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return
    event.preventDefault()
    context.navigate(path)
  })
  return anchor
}

function alertOf(error) {
  return make('p', { role: 'alert' }, error instanceof Error ? error.message : String(error))
}

function make(name, properties = {}, ...children) {
  const made = Object.assign(document.createElement(name), properties)
  made.append(...children)
  return made
}
