// The example of a remote module as a process of its own, connected with the council through the browser.
import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { promisify } from 'node:util'
import axe from 'axe-core'
import { expect } from 'vitest'
import type { Locator, Page } from 'playwright-core'
import type { Visitor } from './browser.ts'

const SERVER = resolve(import.meta.dirname, '../examples/bookings-node/server.js')
const SHOTS = join(import.meta.dirname, 'screenshots')
const PATIENCE_MS = 30_000

/** The module's server, which can die and come back with what it kept. */
export class BookingsServer {
  readonly url: string
  private readonly folder: string
  private readonly env: NodeJS.ProcessEnv
  private process: ChildProcess | undefined

  private constructor(port: number, folder: string) {
    this.url = `http://127.0.0.1:${port}`
    this.folder = folder
    this.env = { ...process.env, BOOKINGS_PORT: String(port), BOOKINGS_DATA: folder }
  }

  static async start(): Promise<BookingsServer> {
    const server = new BookingsServer(await freePort(), await mkdtemp(join(tmpdir(), 'bookings-e2e-')))
    await server.run()
    return server
  }

  async run(): Promise<void> {
    this.process = spawn(process.execPath, [SERVER], { env: this.env, stdio: 'ignore' })
    const until = Date.now() + PATIENCE_MS
    while (!(await this.answers())) {
      if (Date.now() > until) throw new Error('The server of hall bookings does not answer.')
      await new Promise((next) => setTimeout(next, 100))
    }
  }

  /** `kill -9`: it may tidy nothing. */
  async kill(): Promise<void> {
    const running = this.process
    this.process = undefined
    if (!running || running.exitCode !== null) return
    const gone = once(running, 'exit')
    running.kill('SIGKILL')
    await gone
  }

  async stop(): Promise<void> {
    await this.kill()
    await rm(this.folder, { recursive: true, force: true })
  }

  /** Enter what the council gave, as its README says. */
  async connect(given: {
    url: string
    audience: string
    client: string
    secret: string
    signing: string
  }): Promise<void> {
    const words = ['--url', given.url, '--client-id', given.client, '--audience', given.audience]
    await promisify(execFile)(process.execPath, [SERVER, 'connect', ...words], {
      env: { ...this.env, BOOKINGS_CLIENT_SECRET: given.secret, BOOKINGS_WEBHOOK_SECRET: given.signing },
    })
  }

  private answers(): Promise<boolean> {
    return fetch(`${this.url}/bookings/health`).then(
      ({ ok }) => ok,
      () => false,
    )
  }
}

/** No finding of axe within the module's frame, nothing that scrolls sideways, and a picture of what stands in it. */
export async function lookWithin({ page, width }: Visitor, name: string): Promise<void> {
  const handle = await page.locator('iframe').elementHandle()
  const frame = await handle.contentFrame()
  if (!frame) throw new Error('There is no frame.')
  await frame.waitForFunction(() => document.querySelector('[data-loading]') === null)
  await frame.locator('body').screenshot({ path: join(SHOTS, `${name}-${width}.png`) })
  const wide = await frame.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)
  expect(wide, `${name} at ${width} pixels scrolls sideways`).toBeLessThanOrEqual(0)
  await frame.evaluate(axe.source)
  const found = await frame.evaluate(async () => {
    const { axe: checker } = globalThis as unknown as { axe: typeof axe }
    const { violations } = await checker.run(document, {
      resultTypes: ['violations'],
      // The frame's policy lets nothing be fetched, not even the style sheet once more.
      preload: false,
      runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'],
    })
    return violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(' | ')}`)
  })
  expect(found, `${name} at ${width} pixels`).toEqual([])
}

/** As an administrator: read what the module asks for, approve it, enter its secrets, switch it on. */
export async function connectBookings(administrator: Visitor, server: BookingsServer): Promise<void> {
  const { page } = administrator
  await page.goto('/connections/settings/register')
  await page.getByLabel('Address of the module').fill(`${server.url}/bookings`)
  await page.getByRole('button', { name: 'Show what it asks for' }).click()
  await page.getByRole('button', { name: 'Approve Hall bookings' }).waitFor()
  await administrator.look('bookings-asks')
  await page.getByRole('button', { name: 'Approve Hall bookings' }).click()
  await page.getByText('Copy the secrets now').waitFor()
  const told = async (term: string) =>
    page
      .locator('div', { has: page.getByText(term, { exact: true }) })
      .last()
      .locator('code')
      .innerText()
  await server.connect({
    url: new URL(page.url()).origin,
    audience: await told('Audience'),
    client: await told('Client'),
    secret: await told('Client secret'),
    signing: await told('Signing secret'),
  })
  await page.getByRole('button', { name: 'Switch on' }).click()
  await page.getByRole('button', { name: 'Switch off' }).waitFor()
}

/** Load the page again until its frame shows what comes about behind it. */
export async function reloadUntilShown(page: Page, sign: Locator): Promise<void> {
  const shown = async () => {
    await page.reload()
    return sign.waitFor({ timeout: 5000 }).then(
      () => true,
      () => false,
    )
  }
  await expect.poll(shown, { timeout: 90_000 }).toBe(true)
}

/** Part with it again, so that the next walk begins as this one did. */
export async function partWithBookings({ page }: Visitor): Promise<void> {
  await page.goto('/connections/settings/modules/bookings')
  await page.getByRole('button', { name: 'Remove module' }).click()
  await page
    .getByRole('dialog')
    .getByRole('button', { name: /^Remove/ })
    .click()
  await page.waitForURL(/settings\/modules$/)
}

async function freePort(): Promise<number> {
  const probe = createServer()
  await new Promise<void>((done) => probe.listen(0, '127.0.0.1', done))
  const address = probe.address()
  await new Promise((done) => probe.close(done))
  if (address === null || typeof address === 'string') throw new Error('There is no free port.')
  return address.port
}
