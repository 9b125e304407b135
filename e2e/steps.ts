// What several journeys do on their way.
import { expect } from 'vitest'
import type { Locator, Page } from 'playwright-core'
import type { Visitor } from './browser.ts'

/** The provider's own page, not ours with a link to pay. */
const HOSTED = /\/pay\/cs_/
/** The one key that the demo's provider accepts. It opens nothing else. */
export const DEMO_KEY = 'sk_test_banksia_demo'

/** Type an address into the property search and take the first match. */
export async function chooseProperty(within: Page | Locator, text: string): Promise<void> {
  await within.getByRole('combobox').first().fill(text)
  await within.getByRole('option').first().click()
}

/** From the home page to the review, with one certificate. */
export async function fillBasket(
  visitor: Visitor,
  order: { address: string; product: RegExp; name: string; email: string; collect?: boolean },
): Promise<void> {
  const { page } = visitor
  await page.goto('/')
  await chooseProperty(page, order.address)
  await page.waitForURL(/customer\/order\//)
  await page.locator('li label', { hasText: order.product }).first().click()
  await page.getByRole('link', { name: 'Continue to your details' }).click()
  await page.getByLabel('Name').fill(order.name)
  await page.getByLabel('Email').fill(order.email)
  if (order.collect) await page.getByText('I also collect it on paper').click()
  await page.getByRole('button', { name: 'Continue to review' }).click()
  await page.waitForURL(/review/)
}

/** Press pay on the payment page and wait until the order says so. */
export async function payByCard(page: Page): Promise<void> {
  await page.getByRole('button', { name: /^Pay \$/ }).click()
  await page.waitForURL(/\/pay\//)
  await page.getByRole('button', { name: /^Pay \$/ }).click()
  await page.waitForURL(/customer\/orders\//)
  await page.getByText('Total paid').waitFor({ timeout: 60_000 })
}

/** Try a card that the bank declines, and go back to the council. */
export async function payInVain(page: Page): Promise<void> {
  await page.getByRole('button', { name: /declined/ }).click()
  await page.getByText('Your card was declined.').waitFor()
  await page.getByRole('button', { name: /^Back to/ }).click()
}

/** Lodge a 603 certificate at the counter for somebody and stop at its payment. */
export async function lodge(page: Page, name: string, address = '105 williwa st'): Promise<void> {
  await page.goto('/certificates/staff/counter')
  await chooseProperty(page.getByRole('main'), address)
  // What was ordered lately is told above the button, which moves down while one would press it.
  const told = page.waitForResponse((answer) => answer.url().endsWith('/basket'))
  await page.getByText('603 certificate', { exact: true }).first().click()
  await told
  await page.getByLabel('Name').fill(name)
  await page.getByRole('button', { name: 'Continue to payment' }).click()
  await page.waitForURL(/staff\/orders\//)
}

/** Mail the link with which somebody else pays what is on screen; answers the link. */
export async function givePayLink(page: Page, to: string, note: string): Promise<string> {
  await page.getByLabel('Email of who pays').fill(to)
  await page.getByLabel('Note').fill(note)
  await page.getByRole('button', { name: 'Send the link' }).click()
  await page.getByText(`The link is on its way to ${to}`).waitFor()
  const shown = await page.getByText(/\/payments\/customer\/pay\//).innerText()
  return /https?:\S+/.exec(shown)?.[0] ?? ''
}

/** Where the payment provider is, and which of its pages somebody pays on. */
export interface Hosted {
  origin: string
  session: string
}

/** The provider's page that the browser is on, once it is there. */
export async function hostedPage(page: Page): Promise<Hosted> {
  await page.waitForURL(HOSTED)
  const { origin, pathname } = new URL(page.url())
  return { origin, session: pathname.slice('/pay/'.length) }
}

/** What the provider or a bank does, at the demo's provider: `/__payments/pi_1/dispute`. Answers what came of it. */
export async function atProvider(
  { origin }: Hosted,
  path: string,
  { method = 'POST', body }: { method?: string; body?: object } = {},
): Promise<{ id: string }> {
  const answer = await fetch(origin + path, { method, body: body ? JSON.stringify(body) : null })
  const told = (await answer.json()) as { id: string }
  expect(answer.ok, `${path}: ${JSON.stringify(told)}`).toBe(true)
  return told
}

/** The provider's id of the payment that was made on one of its pages. */
export async function paymentOf({ origin, session }: Hosted): Promise<string> {
  const answer = await fetch(`${origin}/v1/checkout/sessions/${session}`, {
    headers: { Authorization: `Bearer ${DEMO_KEY}` },
  })
  const told = (await answer.json()) as { payment_intent: string | null }
  return told.payment_intent ?? ''
}

/** Load the page again and again until it shows what comes about behind it, or shows it no more. */
export async function reloadUntil(page: Page, sign: Locator, { gone = false } = {}): Promise<void> {
  await expect
    .poll(
      async () => {
        await page.reload()
        await page.getByRole('heading', { level: 1 }).first().waitFor()
        await page.waitForFunction(() => document.querySelector('[data-loading]') === null)
        return (await sign.count()) === 0
      },
      { timeout: 60_000, interval: 1000 },
    )
    .toBe(gone)
}

/** The number of the order on screen, `BH-2026-00012`. */
export async function orderNumber(page: Page): Promise<string> {
  const text = await page
    .getByText(/Order [A-Z]+-\d{4}-\d+/)
    .first()
    .innerText()
  const number = /[A-Z]+-\d{4}-\d+/.exec(text)?.[0]
  expect(number).toBeTruthy()
  return number ?? ''
}

/** Answer every open question of a draft with what says that nothing applies. */
export async function answerEverything(page: Page): Promise<void> {
  for (let round = 0; round < 60; round += 1) {
    const open = page.locator('[id^="field-"]', { has: page.getByText('Unknown', { exact: true }) }).first()
    if ((await open.count()) === 0) return
    const id = await open.getAttribute('id')
    const field = page.locator(`#${escapeId(id ?? '')}`)
    const none = field.getByRole('button', { name: /There are none|Nothing is owed/ })
    if ((await field.getByText('No', { exact: true }).count()) > 0)
      await field.getByText('No', { exact: true }).click()
    else if ((await none.count()) > 0) await none.click()
    else {
      await field.getByRole('textbox').fill('None that council knows of.')
      await field.getByRole('button', { name: 'Save answer' }).click()
    }
    await field.getByText('Unknown', { exact: true }).waitFor({ state: 'detached', timeout: 20_000 })
  }
}

/** The same without a mouse: from each open question the focus goes on to the next, and at the end to the decision. */
export async function answerByKeyboard(page: Page): Promise<void> {
  await page.keyboard.press('u')
  for (let round = 0; round < 60; round += 1) {
    const open = page.locator('[data-open-value]:focus-within')
    if ((await open.count()) === 0) return
    const id = await open.getAttribute('id')
    const wanted = open.getByRole('button', { name: /^(No|There are none|Nothing is owed)$/ })
    if ((await wanted.count()) > 0) {
      for (let tabs = 0; tabs < 12 && !(await isFocused(wanted)); tabs += 1) await page.keyboard.press('Tab')
    } else {
      await page.keyboard.type('None that council knows of.')
      await page.keyboard.press('Tab')
    }
    await page.keyboard.press('Enter')
    await page.locator(`[id="${id ?? ''}"][data-open-value]`).waitFor({ state: 'detached' })
  }
}

/** Whether the keyboard is on it. */
export const isFocused = (control: Locator) =>
  control.evaluate((element) => element === document.activeElement)

function escapeId(id: string): string {
  return id.replaceAll(/([^\w-])/g, '\\$1')
}
