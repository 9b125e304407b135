// Walks through a folder of a thousand documents in Chromium and writes what the browser took for it, as JSON.
//
// Usage: node bench/files_browser.ts ADDRESS COOKIE HOW-MANY
import { type CDPSession, chromium, type Page } from 'playwright-core'
import { CHROMIUM } from '../e2e/chromium.ts'

const FLAGS = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--no-first-run',
  '--disable-background-networking',
]
const WHEEL_PIXELS = 400
const WHEELS_AT_MOST = 2000
const KEYS = 200
const TICKS = 40
const OPENED = 10

/** What the browser took: milliseconds between frames, of tasks of 50 or more, and from a key to what it shows. */
interface Taken {
  what: string
  rows: number
  frames: number[]
  tasks: number[]
  keys: number[]
  /** Seconds of the main thread, by what it did. */
  spent: Record<string, number>
}

interface Watch {
  start: () => void
  stop: () => Pick<Taken, 'frames' | 'tasks' | 'keys'>
}
type Watched = typeof globalThis & { watch: Watch }

/** Runs in the page, before it. */
function watchPage(): void {
  let frames: number[] = []
  let tasks: number[] = []
  let keys: number[] = []
  let last = 0
  const tick = (at: number) => {
    if (last) frames.push(at - last)
    last = at
    requestAnimationFrame(tick)
  }
  requestAnimationFrame(tick)
  const observer = new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) tasks.push(duration)
  })
  observer.observe({ type: 'longtask' })
  addEventListener(
    'keydown',
    ({ timeStamp }) => {
      // The frame is drawn between the two.
      requestAnimationFrame(() => {
        const channel = new MessageChannel()
        channel.port1.onmessage = () => keys.push(performance.now() - timeStamp)
        channel.port2.postMessage(null)
      })
    },
    { capture: true },
  )
  const start = () => {
    frames = []
    tasks = []
    keys = []
    last = 0
  }
  const stop = () => {
    for (const { duration } of observer.takeRecords()) tasks.push(duration)
    return { frames, tasks, keys }
  }
  ;(globalThis as Watched).watch = { start, stop }
}

const [address = '', cookie = '', many = '1000'] = process.argv.slice(2)
const wanted = Number(many)

async function measured(page: Page, what: string, walk: () => Promise<void>): Promise<Taken> {
  await page.waitForTimeout(500)
  const before = await spentBy(page)
  await page.evaluate(() => (globalThis as Watched).watch.start())
  await walk()
  await page.waitForTimeout(200)
  const taken = await page.evaluate(() => (globalThis as Watched).watch.stop())
  const after = Object.entries(await spentBy(page))
  const spent = Object.fromEntries(after.map(([name, seconds]) => [name, seconds - (before[name] ?? 0)]))
  return { what, rows: await rowsOf(page), ...taken, spent }
}

async function spentBy(page: Page): Promise<Record<string, number>> {
  const client = await clientOf(page)
  const { metrics } = await client.send('Performance.getMetrics')
  const named = new Map(metrics.map(({ name, value }) => [name, value]))
  return {
    script: named.get('ScriptDuration') ?? 0,
    style: named.get('RecalcStyleDuration') ?? 0,
    layout: named.get('LayoutDuration') ?? 0,
    all: named.get('TaskDuration') ?? 0,
  }
}

let kept: CDPSession | undefined

/** One for the whole walk: what it counts begins with it. */
async function clientOf(page: Page): Promise<CDPSession> {
  if (kept) return kept
  kept = await page.context().newCDPSession(page)
  await kept.send('Performance.enable')
  return kept
}

const rowsOf = (page: Page) => page.locator('tbody tr').count()

/** Turn the wheel until it says so; not waiting for the page, as a person does not. */
async function wheel(page: Page, pixels: number, until: () => Promise<boolean>): Promise<void> {
  for (let turned = 0; turned < WHEELS_AT_MOST; turned += 1) {
    await page.mouse.wheel(0, pixels)
    await page.waitForTimeout(16)
    if (turned % 10 === 9 && (await until())) return
  }
  throw new Error('The wheel was turned in vain.')
}

const isAtEnd = (page: Page) =>
  page.evaluate(() => scrollY + innerHeight >= document.documentElement.scrollHeight - 2)
const isAtTop = (page: Page) => page.evaluate(() => scrollY === 0)

/** A key again and again, as quickly as one that is held down repeats. */
async function press(page: Page, key: string, times: number): Promise<void> {
  for (let pressed = 0; pressed < times; pressed += 1) {
    await page.keyboard.press(key)
    await page.waitForTimeout(33)
  }
}

async function walk(page: Page): Promise<Taken[]> {
  await page.goto(address)
  await page.locator('tbody tr').first().waitFor()
  await page.mouse.move(640, 600)
  const found = [
    await measured(page, 'scrolling while documents come', () =>
      wheel(page, WHEEL_PIXELS, async () => (await rowsOf(page)) >= wanted && isAtEnd(page)),
    ),
    await measured(page, 'scrolling up and down again', async () => {
      await wheel(page, -WHEEL_PIXELS, () => isAtTop(page))
      await wheel(page, WHEEL_PIXELS, () => isAtEnd(page))
      await wheel(page, -WHEEL_PIXELS, () => isAtTop(page))
    }),
    await measured(page, 'arrow keys', () => press(page, 'ArrowDown', KEYS)),
    await measured(page, 'ticking with X', () => press(page, 'x', TICKS)),
    await measured(page, 'opening documents with Enter', async () => {
      for (let opened = 0; opened < OPENED; opened += 1) {
        await press(page, 'ArrowDown', 1)
        await press(page, 'Enter', 1)
        await page.waitForTimeout(300)
      }
    }),
  ]
  return found
}

/** Where the time of the walk went, by function, for whoever mends it. */
async function profiled(page: Page): Promise<Taken[]> {
  const client = await clientOf(page)
  await client.send('Profiler.enable')
  await client.send('Profiler.start')
  const found = await walk(page)
  const { profile } = await client.send('Profiler.stop')
  const own = new Map<string, number>()
  const names = new Map(profile.nodes.map(({ id, callFrame }) => [id, callFrame]))
  for (const [index, id] of (profile.samples ?? []).entries()) {
    const frame = names.get(id)
    const name = `${frame?.functionName ?? ''} ${frame?.url.split('/').at(-1) ?? ''}:${frame?.lineNumber ?? 0}`
    own.set(name, (own.get(name) ?? 0) + (profile.timeDeltas?.[index] ?? 0) / 1000)
  }
  const most = [...own].sort(([, one], [, other]) => other - one).slice(0, 30)
  for (const [name, spent] of most) console.error(`${spent.toFixed(0).padStart(7)} ms  ${name}`)
  return found
}

const browser = await chromium.launch({ executablePath: CHROMIUM, args: FLAGS })
try {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 } })
  await context.addCookies([{ name: 'banksia_session', value: cookie, url: new URL(address).origin }])
  await context.addInitScript(watchPage)
  const page = await context.newPage()
  const found = process.env.BANKSIA_BENCH_PROFILE ? await profiled(page) : await walk(page)
  console.log(JSON.stringify(found))
} finally {
  await browser.close()
}
