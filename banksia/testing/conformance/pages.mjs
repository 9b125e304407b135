// Opens pages in Chromium, looks at them with axe, and leaves them again. Reads one JSON object from standard input, and
// writes one for each page. `node pages.mjs PLAYWRIGHT AXE`, both the folders of packages.
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'

const [playwright, axePath] = process.argv.slice(2)
const { chromium } = createRequire(import.meta.url)(playwright)
const axe = readFileSync(`${axePath}/axe.min.js`, 'utf8')
const { base, executable, pages, seconds } = JSON.parse(readFileSync(0, 'utf8'))
const STANDARDS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']
const UNSAID = /favicon|Failed to load resource/

const browser = await chromium.launch({
  executablePath: executable,
  args: process.getuid?.() === 0 ? ['--no-sandbox'] : [],
})
try {
  for (const page of pages) console.log(JSON.stringify({ title: page.title, ...(await look(page)) }))
} finally {
  await browser.close()
}

async function look({ path, mount, cookies }) {
  const context = await browser.newContext({ locale: 'en-AU', reducedMotion: 'reduce' })
  context.setDefaultTimeout(seconds * 1000)
  await context.addCookies(Object.entries(cookies).map(([name, value]) => ({ name, value, url: base })))
  const tab = await context.newPage()
  const broken = []
  tab.on('pageerror', (error) => broken.push(`It threw: ${error.message}`))
  tab.on('console', (said) => {
    if (said.type() === 'error' && !UNSAID.test(said.text()))
      broken.push(`It complained: ${said.text().slice(0, 300)}`)
  })
  tab.on('response', (answer) => {
    if (answer.status() >= 500) broken.push(`${new URL(answer.url()).pathname} answered ${answer.status()}.`)
  })
  try {
    await tab.goto(base + path, { waitUntil: 'load' })
    if (mount) await tab.evaluate((given) => globalThis.stage.mount(given), mount)
    await tab.locator('h1').first().waitFor()
    await tab.waitForLoadState('networkidle')
    const violations = await audit(tab)
    broken.push(...(mount ? await leaveStage(tab) : await leaveShell(tab)))
    return { broken, violations }
  } catch (error) {
    return { broken: [...broken, String(error.message).split('\n')[0]], violations: [] }
  } finally {
    await context.close()
  }
}

async function audit(tab) {
  await tab.evaluate(axe)
  const { violations } = await tab.evaluate(
    (values) => globalThis.axe.run(document, { runOnly: { type: 'tag', values } }),
    STANDARDS,
  )
  return violations.map(({ id, help, nodes }) => `${id}: ${help} (${nodes[0].html.slice(0, 160)})`)
}

/** A page on the bare stage: after unmount() nothing of it is left, and it asks for nothing more. */
async function leaveStage(tab) {
  return tab.evaluate(() => globalThis.stage.leave())
}

/** A page of the shell: another address takes its place. */
async function leaveShell(tab) {
  const heading = () => document.querySelector('h1')?.textContent ?? ''
  const before = await tab.evaluate(heading)
  await tab.evaluate(() => history.pushState({}, '', '/no-such-module/no-such-page'))
  try {
    await tab.waitForFunction((text) => (document.querySelector('h1')?.textContent ?? text) !== text, before)
    return []
  } catch {
    return [`It shows “${before}”, and so does an address that leads nowhere.`]
  }
}
