import type { Page } from 'playwright-core'
import { expect } from 'vitest'
import { journey } from './browser.ts'
import { fillBasket, orderNumber, payByCard } from './steps.ts'

journey('A guest makes an account and finds the guest order in its history', async (visitor) => {
  const { page, width } = visitor
  const email = `owner-${width}-${Date.now()}@example.org`
  await fillBasket(visitor, {
    address: '30 williwa st',
    product: /^603 certificate$/,
    name: 'Sione Tuilagi',
    email,
  })
  await payByCard(page)
  const number = await orderNumber(page)

  await page.goto('/auth/customer/register')
  await visitor.look('register')
  await page.getByLabel('Name').fill('Sione Tuilagi')
  await page.getByLabel('Email').fill(email)
  await page.getByLabel('Password', { exact: true }).fill('a long enough sentence')
  await page.getByRole('button', { name: /account/i }).click()
  await page.getByText(/email/i).first().waitFor()
  const link = await verificationLink(page, email)
  await page.goto(link)
  await page.getByRole('heading', { level: 1 }).waitFor()
  await visitor.look('verified')
  await page.goto('/auth/customer/sign-in')
  await page.getByLabel('Email').fill(email)
  await page.getByLabel('Password', { exact: true }).fill('a long enough sentence')
  await page.getByRole('button', { name: 'Sign in' }).click()
  await page.waitForURL((url) => !url.pathname.includes('sign-in'))
  await page.goto('/certificates/customer/orders')
  await page.getByText(number).first().waitFor({ timeout: 30_000 })
  await visitor.look('orders')
  await page.getByLabel('Find an order').fill(number)
  await page.getByRole('button', { name: 'Find order' }).click()
  await expect.poll(() => page.getByText(number).count()).toBeGreaterThan(0)
})

/** The link of the mail that was caught for an address. */
async function verificationLink(page: Page, email: string): Promise<string> {
  let found: string | undefined
  await expect
    .poll(
      async () => {
        const list = await (await page.request.get('/dev/mail')).text()
        for (const [, href] of list.matchAll(/href="(\/dev\/mail\/[^"]+)"/g)) {
          const shown = await (await page.request.get(href ?? '')).text()
          const link = /https?:[^"'<\s]*\/auth\/customer\/verify#token=[\w-]+/.exec(shown)?.[0]
          if (shown.includes(email) && link) found = link
        }
        return found
      },
      { timeout: 60_000, interval: 1_000 },
    )
    .toBeTruthy()
  return found ?? ''
}
