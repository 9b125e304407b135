// Modules of others as an administrator connects them and staff use them, and one that wants more than it is given.
import { expect } from 'vitest'
import type { FrameLocator, Page } from 'playwright-core'
import { journey, type Visitor } from './browser.ts'
import { HOSTILE_PAGE } from './hostile-page.ts'
import { manifestOf, PAGE, RemoteModule } from './remote-module.ts'

const framed = (page: Page): FrameLocator => page.frameLocator('iframe')

/** A name of its own, so that a walk which broke off is not in the way of the next. */
const named = (word: string, { width }: Visitor) => `${word}_${width}_${Date.now().toString(36)}`

/** What a module asks for is read, approved and switched on; its secrets are shown once. */
async function connect(
  { page, ...visitor }: Pick<Visitor, 'page'> & { look?: Visitor['look'] },
  module: RemoteModule,
) {
  await page.goto('/connections/settings/modules')
  await page.getByRole('link', { name: 'Connect a module' }).click()
  await page.getByLabel('Address of the module').fill(`${module.url}/${module.name}`)
  await page.getByRole('button', { name: 'Show what it asks for' }).click()
  await page.getByRole('heading', { name: 'What it asks for' }).waitFor()
  await visitor.look?.('connections-asks')
  await page.getByRole('button', { name: /^Approve Street trees/ }).click()
  await page.getByText('Copy the secrets now').waitFor()
  await visitor.look?.('connections-approved')
  await page.getByRole('button', { name: 'Switch on' }).click()
  await page.getByRole('button', { name: 'Switch off' }).waitFor()
}

async function remove({ page }: Pick<Visitor, 'page'>, module: RemoteModule) {
  await page.goto(`/connections/settings/modules/${module.name}`)
  await page.getByRole('button', { name: 'Remove module' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Remove module' }).click()
  await page.waitForURL(/\/connections\/settings\/modules$/)
}

/** Its page in the frame: moves, links, back, reload and title as of any page. */
async function usePages(visitor: Visitor, module: RemoteModule): Promise<void> {
  const { page, width } = visitor
  await page.goto('/staff')
  await page.getByRole('region', { name: `Trees asked for ${module.name}` }).waitFor()
  await visitor.look('connections-today')
  if (width < 1200) await page.getByRole('button', { name: 'Menu' }).click()
  await page.getByRole('link', { name: `Street trees ${module.name}` }).click()
  await framed(page).getByRole('heading', { name: 'Requests for trees' }).waitFor()
  await expect.poll(() => page.title()).toMatch(/^Requests for trees - /)
  await visitor.look('connections-framed')
  await framed(page).getByRole('link', { name: 'Wiliwa Street' }).click()
  await framed(page).getByRole('heading', { name: 'Wiliwa Street' }).waitFor()
  expect(new URL(page.url()).pathname).toBe(`/${module.name}/staff/1`)
  await page.reload()
  await framed(page).getByRole('heading', { name: 'Wiliwa Street' }).waitFor()
  await framed(page).getByRole('link', { name: 'All requests' }).click()
  await framed(page).getByRole('button', { name: 'Open the first' }).click()
  await framed(page).getByRole('heading', { name: 'Wiliwa Street' }).waitFor()
  await page.goBack()
  await framed(page).getByRole('heading', { name: 'Requests for trees' }).waitFor()
  await page.goForward()
  await framed(page).getByRole('heading', { name: 'Wiliwa Street' }).waitFor()
  await expect.poll(() => page.title()).toMatch(/^Wiliwa Street - /)
}

/** It asks for more, is down, and comes back. */
async function changeAndFail(visitor: Visitor, module: RemoteModule): Promise<void> {
  const { page } = visitor
  const before = module.manifest
  module.manifest = {
    ...before,
    version: '2.0.0',
    capabilities: ['property.search', 'notices.send', 'payments.raise'],
    payments: [{ kind: `${module.name}.tree`, title: 'A tree of one’s choice', refunds: false }],
    data: [
      ...(before.data as []),
      { name: 'Photographs of the street', personal: false, retention: '1 year' },
    ],
  }
  await page.goto(`/connections/settings/modules/${module.name}`)
  await page.getByRole('button', { name: 'Check now' }).click()
  await page.getByRole('heading', { name: 'What changed' }).waitFor()
  await visitor.look('connections-changed')
  await page.getByRole('button', { name: 'Approve changes' }).click()
  await expect.poll(() => page.getByRole('heading', { name: 'What changed' }).count()).toBe(0)

  module.well = false
  await page.getByRole('button', { name: 'Check now' }).click()
  await page.getByText(/does not work now/).waitFor()
  await visitor.look('connections-failing')
  await page.goto('/connections/settings/modules')
  await page.getByText('Failing').first().waitFor()
  await visitor.look('connections-list')
  await page.goto('/staff')
  await page.getByText(new RegExp(`Trees asked for ${module.name}.*could not be loaded`)).waitFor()
  await visitor.look('connections-today-failed')
  module.well = true
  await page.goto(`/connections/settings/modules/${module.name}`)
  await page.getByRole('button', { name: 'Check now' }).click()
  await page.getByText('Checked: it answers.').waitFor()
}

async function settle(visitor: Visitor, module: RemoteModule): Promise<void> {
  const { page } = visitor
  await page.goto(`/connections/settings/modules/${module.name}`)
  await page
    .getByRole('navigation', { name: /^Pages of/ })
    .getByRole('link', { name: 'Settings' })
    .click()
  await page.getByLabel('Trees a year').fill('6000')
  await page.getByRole('button', { name: 'Save settings' }).click()
  await page.getByRole('alert').first().waitFor()
  await visitor.look('connections-settings')
  await page.getByLabel('Trees a year').fill('250')
  await page.getByRole('button', { name: 'Save settings' }).click()
  await page.getByText(/^Saved /).waitFor()
  await page.getByRole('link', { name: 'Events' }).click()
  await page.getByRole('heading', { name: 'What it was told' }).waitFor()
  await visitor.look('connections-events')
  await page.getByRole('link', { name: 'Given up only' }).click()
  await page.getByText('Nothing was given up.').waitFor()
}

/** Trusted, it stands in the page itself, also for a person whose page was loaded before that. */
async function trust({ page, width, wrong }: Visitor, module: RemoteModule): Promise<void> {
  await page.goto(`/connections/settings/modules/${module.name}`)
  await page.getByText('Within the council’s own pages').click()
  await page.getByRole('button', { name: 'Save how they are shown' }).click()
  await page.getByText(/^Saved /).waitFor()
  if (width < 1200) await page.getByRole('button', { name: 'Menu' }).click()
  await page.getByRole('link', { name: `Street trees ${module.name}` }).click()
  await page.getByRole('heading', { name: 'Requests for trees' }).waitFor()
  await page.getByRole('link', { name: 'Wiliwa Street' }).click()
  await page.getByRole('heading', { name: 'Wiliwa Street' }).waitFor()
  expect(await page.locator('iframe').count()).toBe(0)
  // The policy of the page as it was loaded first did refuse the script.
  wrong.length = 0
}

journey('A module is connected, used, changes, fails, is set and removed', async (visitor) => {
  const { page } = visitor
  const module = await new RemoteModule(manifestOf(named('trees', visitor)), PAGE).start()
  try {
    await visitor.signIn('admin')
    await page.goto('/connections/settings/register')
    await page.getByLabel('Address of the module').fill('http://127.0.0.1:1/nothing')
    await page.getByRole('button', { name: 'Show what it asks for' }).click()
    await page.getByRole('alert').first().waitFor()
    await visitor.look('connections-register')
    await connect({ page, look: (name) => visitor.look(name) }, module)
    await usePages(visitor, module)
    await changeAndFail(visitor, module)
    await settle(visitor, module)
    await trust(visitor, module)
    await remove(visitor, module)
  } finally {
    module.stop()
  }
})

/** Refused by the browser or the shell, or given nothing: anything else is a way out. */
const REFUSED = /^(refused|nothing)$/

journey('A hostile page in its frame reaches neither the shell nor what is not its own', async (visitor) => {
  const { page, context, wrong } = visitor
  const module = await new RemoteModule(manifestOf(named('greedy', visitor)), HOSTILE_PAGE).start()
  try {
    await visitor.signIn('admin')
    await connect({ page }, module)
    wrong.length = 0
    await page.goto(`/${module.name}/staff`)
    const report = await framed(page).locator('pre').textContent({ timeout: 60_000 })
    const found = JSON.parse(report ?? '{}') as Record<string, string>
    expect(Object.keys(found).length).toBeGreaterThan(30)
    expect(Object.entries(found).filter(([, ended]) => !REFUSED.test(ended))).toEqual([])

    // The page around it stands where it stood, is what it was, and its person is still signed in.
    await page.waitForTimeout(2500)
    expect(new URL(page.url()).pathname).toBe(`/${module.name}/staff`)
    expect(context.pages().length).toBe(1)
    expect(await page.title()).toMatch(/^Street trees/)
    const me = await page.evaluate(
      async () => (await fetch('/api/auth/me')).json() as Promise<{ user: unknown }>,
    )
    expect(me.user).not.toBeNull()
    // Nor could its frame be led elsewhere.
    expect(
      page
        .frames()
        .map((frame) => frame.url())
        .filter((url) => url.includes('/auth/')),
    ).toEqual([])
    // Nor does its script run in the page itself, whoever asks for it.
    const ran = await page.evaluate(
      (src) =>
        new Promise((resolve) => {
          const script = Object.assign(document.createElement('script'), { src, type: 'module' })
          script.onload = () => resolve('ran')
          script.onerror = () => resolve('refused')
          document.head.append(script)
        }),
      `/modules/${module.name}/page.js`,
    )
    expect(ran).toBe('refused')
    // Only its own module was asked, and nothing that it does not declare.
    expect(module.asked.filter((each) => each.includes('secrets') || each.includes('auth'))).toEqual([])
    // Opened by itself the frame's document is nobody, and shows nothing.
    await page.goto(`/modules/${module.name}/frame.html`)
    expect(await page.evaluate(() => window.origin)).toBe('null')
    // What the policy refused here is what was asked of it.
    wrong.length = 0
    await remove(visitor, module)
  } finally {
    module.stop()
  }
})
