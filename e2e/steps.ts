// What several journeys do on their way.
import { expect } from 'vitest'
import type { Locator, Page } from 'playwright-core'
import type { Visitor } from './browser.ts'

/** Type an address into the property search and take the first match. */
export async function chooseProperty(within: Page | Locator, text: string): Promise<void> {
  await within.getByRole('combobox').first().fill(text)
  await within.getByRole('option').first().click()
}

/** From the home page to the review, with one certificate. */
export async function fillBasket(
  visitor: Visitor,
  order: { address: string; product: RegExp; name: string; email: string },
): Promise<void> {
  const { page } = visitor
  await page.goto('/')
  await chooseProperty(page, order.address)
  await page.waitForURL(/customer\/order\//)
  await page.locator('li label', { hasText: order.product }).first().click()
  await page.getByRole('link', { name: 'Continue to your details' }).click()
  await page.getByLabel('Name').fill(order.name)
  await page.getByLabel('Email').fill(order.email)
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

function escapeId(id: string): string {
  return id.replaceAll(/([^\w-])/g, '\\$1')
}
