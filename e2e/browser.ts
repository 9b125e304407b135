// One browser for a file of journeys; each journey walks at both widths, watched for violations and broken rules.
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import AxeBuilder from '@axe-core/playwright'
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest'
import { CHROMIUM } from './chromium.ts'

export const WIDTHS = [1280, 390] as const
const SHOTS = join(import.meta.dirname, 'screenshots')
const FLAGS = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]
const PASSWORD = 'banksia-demo'
// How long each call of the API waits on the line: what a journey, or a page, takes for done too early fails then.
const SLOW_LINE_MS = Number(process.env.BANKSIA_SLOW_LINE_MS ?? 0)

let browser: Browser | undefined

/** A person at a browser of one width. */
export class Visitor {
  readonly page: Page
  readonly context: BrowserContext
  readonly width: number
  /** What went wrong unseen, of all people of a journey. */
  readonly wrong: string[]

  constructor(page: Page, context: BrowserContext, width: number, wrong: string[] = []) {
    this.page = page
    this.context = context
    this.width = width
    this.wrong = wrong
  }

  /** The same person in another tab. */
  in(page: Page): Visitor {
    return new Visitor(page, this.context, this.width, this.wrong)
  }

  /** Somebody else at a browser of their own, not signed in; of the other council when it is named. */
  async another(council?: 'kurrajong'): Promise<Visitor> {
    return arrive(this.width, this.wrong, council)
  }

  async signIn(mailbox: string, council = 'bluehills'): Promise<void> {
    const { page } = this
    await page.goto('/auth/customer/sign-in')
    await page.getByLabel('Email').fill(`${mailbox}@${council}.example`)
    await page.getByLabel('Password', { exact: true }).fill(PASSWORD)
    await page.getByRole('button', { name: 'Sign in' }).click()
    await page.waitForURL((url) => !url.pathname.includes('sign-in'))
  }

  /**
   * The whole page. The window is made as high as the page: Chromium's own way makes it one pixel wide for a moment, and
   * what a page draws for so narrow a window is not what a person sees.
   */
  private async picture(path: string): Promise<void> {
    const { page, width } = this
    const before = page.viewportSize()?.height ?? 900
    const height = await page.evaluate(() => document.documentElement.scrollHeight)
    if (height > before) await page.setViewportSize({ width, height })
    await page.screenshot({ path })
    if (height > before) await page.setViewportSize({ width, height: before })
  }

  /** No finding of axe (WCAG 2.2 A and AA), and a picture where a person can look at it. */
  async look(name: string): Promise<void> {
    // A page that has not come yet, its own or a module's in its frame, has nothing to find: it would pass.
    await this.page.locator('h1, iframe').first().waitFor({ state: 'attached' })
    await this.page.waitForFunction(() => document.querySelector('[data-loading]') === null)
    await this.page.evaluate(() => document.fonts.ready)
    // The heads of tables stay in sight while one scrolls; in a picture of the whole page they would cover rows.
    await this.page.evaluate(() => {
      window.scrollTo(0, 0)
    })
    await mkdir(SHOTS, { recursive: true })
    await this.picture(join(SHOTS, `${name}-${this.width}.png`))
    const wide = await this.page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)
    expect(wide, `${name} at ${this.width} pixels scrolls sideways`).toBeLessThanOrEqual(0)
    // No page of ours has frames of others: axe runs in the page itself and needs no second, blank one for its summary.
    const { violations } = await new AxeBuilder({ page: this.page })
      .setLegacyMode()
      .options({ resultTypes: ['violations'] })
      .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'])
      .analyze()
    const found = violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(' | ')}`)
    expect(found, `${name} at ${this.width} pixels`).toEqual([])
  }
}

function started(found: Browser | undefined): Browser {
  if (!found) throw new Error('The browser was not started.')
  return found
}

/** The address of the demo that belongs to the worker that runs this file. */
function ownDemo(): string {
  const demos = inject('baseUrls')
  return demos[(Number(process.env.VITEST_POOL_ID ?? 1) - 1) % demos.length] ?? ''
}

/** Every call of the API comes late, as over a poor line. */
async function slowDown(context: BrowserContext): Promise<void> {
  await context.route('**/api/**', async (route) => {
    await new Promise((resolve) => setTimeout(resolve, SLOW_LINE_MS))
    // A page that was left meanwhile wants nothing any more.
    await route.continue().catch(() => undefined)
  })
}

/** A person in a fresh browser profile, at the portal of a council. */
async function arrive(width: number, wrong: string[], council?: string): Promise<Visitor> {
  const portal = new URL(ownDemo())
  if (council) portal.hostname = `${council}.localhost`
  const context = await started(browser).newContext({
    baseURL: portal.origin,
    viewport: { width, height: 900 },
  })
  if (SLOW_LINE_MS > 0) await slowDown(context)
  const page = await context.newPage()
  page.on('pageerror', (error) => wrong.push(error.message))
  // Probes of eval are caught by whoever makes them and never reach the console: the policy itself tells of them.
  await context.exposeFunction('policyBroken', (what: string) => wrong.push(what))
  await context.addInitScript(() => {
    document.addEventListener('securitypolicyviolation', (event) => {
      const { policyBroken } = globalThis as unknown as { policyBroken: (what: string) => void }
      policyBroken(`${event.violatedDirective} refused ${event.blockedURI} at ${event.sourceFile}`)
    })
  })
  page.on('console', (message) => {
    if (/Content.Security.Policy|Refused to/i.test(message.text())) wrong.push(message.text())
  })
  return new Visitor(page, context, width, wrong)
}

/** A journey, walked once at 1280 and once at 390 pixels, in a fresh browser profile each. */
export function journey(title: string, walk: (visitor: Visitor) => Promise<void>): void {
  describe.skipIf(inject('baseUrls').length === 0)(title, () => {
    beforeAll(async () => {
      browser ??= await chromium.launch({ executablePath: CHROMIUM, args: FLAGS })
    })
    test.each(WIDTHS)('at %i pixels', async (width) => {
      const wrong: string[] = []
      const visitor = await arrive(width, wrong)
      try {
        await walk(visitor)
      } catch (error) {
        await mkdir(SHOTS, { recursive: true })
        const name = `failed-${title.replaceAll(/\W+/g, '-')}-${width}`
        const pages = started(browser)
          .contexts()
          .flatMap((context) => context.pages())
        for (const [index, page] of pages.entries())
          await page.screenshot({ path: join(SHOTS, `${name}${index > 0 ? `-${index}` : ''}.png`) })
        throw error
      } finally {
        for (const context of started(browser).contexts()) await context.close()
      }
      expect(wrong).toEqual([])
    })
    afterAll(async () => {
      await browser?.close()
      browser = undefined
    })
  })
}
