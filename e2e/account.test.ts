import type { Page } from 'playwright-core'
import { expect } from 'vitest'
import { journey, type Visitor } from './browser.ts'
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
  await orderAsFirm(visitor, email)
})

/** Make a firm, invite a colleague, and order for it: the history then says who placed what. */
async function orderAsFirm(visitor: Visitor, email: string): Promise<void> {
  const { page } = visitor
  await page.goto('/auth/customer/firms')
  await page.getByRole('link', { name: 'Add a firm' }).click()
  await page.getByLabel('Firm’s name').fill('Tuilagi Conveyancing')
  await page.getByLabel('ABN').fill('51 824 753 556')
  await page.getByRole('button', { name: 'Add firm' }).click()
  await page.getByRole('heading', { name: 'Tuilagi Conveyancing' }).waitFor()
  const invitation = page.getByRole('form', { name: 'Invite a person' })
  await invitation.getByLabel('Email').fill('colleague@example.org')
  await page.getByRole('button', { name: 'Send invitation' }).click()
  await page.getByRole('button', { name: 'Send again to colleague@example.org' }).waitFor()
  await visitor.look('firm')
  await fillBasket(visitor, {
    address: '30 williwa st',
    product: /735A/,
    name: 'Tuilagi Conveyancing',
    email,
  })
  await page.getByRole('term').filter({ hasText: 'Ordered for' }).waitFor()
  await page.goto('/certificates/customer/order/details')
  await page.getByText('Whom is the order for?').first().waitFor()
  await visitor.look('details-of-firm')
  await page.getByRole('button', { name: 'Continue to review' }).click()
  await payByCard(page)
  await page.getByText(/placed by Sione Tuilagi/).waitFor()
  await page.goto('/certificates/customer/orders')
  await page
    .getByText(/(for|,) Tuilagi Conveyancing/)
    .first()
    .waitFor()
  await visitor.look('orders-of-firm')
  await orderFromList(visitor)
}

/** A table with one row that is clear and one that is not: nothing is ordered until that one is left out. */
async function orderFromList(visitor: Visitor): Promise<void> {
  const { page } = visitor
  await page.getByRole('link', { name: 'Order from a list' }).click()
  const rows = 'address,product,matter\n105 Williwa Street Portland,603,A\n9999 Nowhere Road,603,B\n'
  await page
    .locator('input[type=file]')
    .setInputFiles({ name: 'list.csv', mimeType: 'text/csv', buffer: Buffer.from(rows) })
  await page.getByText('To correct: 1').waitFor()
  await visitor.look('list')
  await page.getByRole('button', { name: 'Leave out row 2' }).click()
  await page.getByText('Left out: 1').waitFor()
  await page.getByRole('button', { name: 'Place 1 order' }).click()
  await page.getByText('Pay each order to start its work').waitFor()
}

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
