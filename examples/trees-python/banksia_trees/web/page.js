// The register of trees, as a plain ES module: no build, no framework. The shell mounts it for customers and for staff.
//   customer  /                     find a property       staff  /                     the register
//             /properties/ID        its trees                    /properties/ID        map, trees, a form to add one
//                                                                /trees/ID             one tree: correct it, end it
import { ask, make, notice, page } from './parts.js'
import { findPage, publicPropertyPage } from './customer.js'
import { propertyPage, registerPage } from './register.js'
import { treePage } from './tree.js'

export const contract = 1

const CUSTOMER = [
  [/^\/$/, findPage],
  [/^\/properties\/([0-9a-f-]+)$/, publicPropertyPage],
]
const STAFF = [
  [/^\/$/, registerPage],
  [/^\/properties\/([0-9a-f-]+)$/, propertyPage],
  [/^\/trees\/([0-9a-f-]+)$/, treePage],
]

export function mount(element, context) {
  const sheet = make('link', { rel: 'stylesheet', href: new URL('./page.css', import.meta.url).href })
  const root = make('div', { className: 'trees' })
  element.append(sheet, root)
  let shown = 0
  let first = true

  // Only the newest request may draw: a slow answer to an address that was left is dropped.
  async function show(path) {
    const mine = ++shown
    const isCurrent = () => mine === shown && !context.signal.aborted
    try {
      const drawn = await draw(context, path, () => show(path))
      if (!isCurrent()) return
      context.setTitle(drawn.title)
      root.replaceChildren(drawn.node)
      if (!first) root.querySelector('h1')?.focus({ preventScroll: true })
      first = false
    } catch (error) {
      if (!isCurrent() || error?.name === 'AbortError') return
      root.replaceChildren(page({ title: 'Significant trees' }, notice('error', error.message)).node)
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

function draw(context, path, redraw) {
  const { pathname, searchParams } = new URL(path, 'http://page')
  const plain = pathname.length > 1 ? pathname.replace(/\/$/, '') : pathname
  for (const [pattern, drawPage] of context.basePath.endsWith('/staff') ? STAFF : CUSTOMER) {
    const found = pattern.exec(plain)
    if (found)
      return drawPage(
        { context, ask: (...args) => ask(context, ...args), redraw, searchParams },
        ...found.slice(1),
      )
  }
  throw new Error('There is no such page. Go back to the list.')
}
