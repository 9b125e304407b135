// Hall bookings, as a plain ES module: no build, no framework. The shell mounts it for customers and for staff.
import { ask, make, notice, page, Refused } from './dom.js'
import { bookingPage, bookingsPage, hallPage, hallsPage } from './customer.js'
import { closePage, newBookingPage, queuePage, staffBookingPage } from './staff.js'
import { hallFormPage, hallListPage } from './staff-halls.js'

export const contract = 1

const CUSTOMER = [
  [/^\/$/, hallsPage],
  [/^\/halls\/([\w-]+)$/, hallPage],
  [/^\/bookings$/, bookingsPage],
  [/^\/bookings\/([\w-]+)$/, bookingPage],
]
const STAFF = [
  [/^\/$/, queuePage],
  [/^\/new$/, newBookingPage],
  [/^\/close$/, closePage],
  [/^\/bookings\/([\w-]+)$/, staffBookingPage],
  [/^\/halls$/, hallListPage],
  [/^\/halls\/(new|[\w-]+)$/, hallFormPage],
]

export function mount(element, context) {
  const sheet = make('link', { rel: 'stylesheet', href: new URL('./page.css', import.meta.url).href })
  const root = make('div', { class: 'bk' })
  element.append(sheet, root)
  let shown = 0
  let first = true

  // Only the newest request may draw: a slow answer to an address that was left is dropped.
  async function show(path) {
    const mine = ++shown
    const isCurrent = () => mine === shown && !context.signal.aborted
    const slow = setTimeout(() => isCurrent() && root.replaceChildren(skeleton()), first ? 0 : 300)
    try {
      const drawn = await draw(context, path, () => show(path))
      clearTimeout(slow)
      if (!isCurrent()) return
      context.setTitle(drawn.title)
      root.replaceChildren(drawn.node)
      // Who came by a link hears the title of the new page; on the first page the focus stays where it was.
      if (!first) root.querySelector('h1')?.focus({ preventScroll: true })
      first = false
    } catch (error) {
      clearTimeout(slow)
      if (isCurrent() && error?.name !== 'AbortError')
        root.replaceChildren(failure(error, () => show(path)).node)
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

async function draw(context, path, redraw) {
  const { pathname, searchParams } = new URL(path, 'http://page')
  const plain = pathname.length > 1 ? pathname.replace(/\/$/, '') : pathname
  const pages = context.basePath.endsWith('/staff') ? STAFF : CUSTOMER
  for (const [pattern, drawPage] of pages) {
    const found = pattern.exec(plain)
    if (found)
      return drawPage(
        { context, ask: (...args) => ask(context, ...args), redraw, searchParams },
        ...found.slice(1),
      )
  }
  throw new Refused(404, { title: 'Page not found', detail: 'There is no such page. Go back to the list.' })
}

function skeleton() {
  const bars = Array.from({ length: 4 }, () => make('div', { class: 'bk-skeleton' }))
  return make(
    'div',
    { class: 'bk-page', data: { loading: '' }, role: 'status', aria: { label: 'Loading' } },
    ...bars,
  )
}

function failure(error, again) {
  const button = make('button', { type: 'button', class: 'bk-secondary' }, 'Try again')
  button.addEventListener('click', () => void again())
  return page(
    { title: error.body?.title ?? 'Hall bookings' },
    notice(
      'error',
      'This page could not be shown',
      error.message,
      make('div', { class: 'bk-buttons' }, button),
    ),
  )
}
