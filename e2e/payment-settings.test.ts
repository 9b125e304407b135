import { expect } from 'vitest'
import type { Page } from 'playwright-core'
import { journey, type Visitor } from './browser.ts'
import { fillBasket, givePayLink, hostedPage, lodge } from './steps.ts'

// All of it at the other council: what it decides holds for the rest of its day, and nobody else walks there.

/** The council's day as one types it, `25/11/2026`, so many days from today. */
function day(ahead = 0): string {
  return new Intl.DateTimeFormat('en-AU', {
    timeZone: 'Australia/Sydney',
    day: '2-digit',
    month: '2-digit',
    year: 'numeric',
  }).format(Date.now() + ahead * 86_400_000)
}

async function administrator(visitor: Visitor): Promise<Visitor> {
  const admin = await visitor.another('kurrajong')
  await admin.signIn('admin', 'kurrajong')
  await admin.page.goto('/payments/settings')
  return admin
}

async function saveForm(page: Page, name: string): Promise<void> {
  const form = page.getByRole('form', { name })
  const saved = page.waitForResponse((answer) => answer.request().method() === 'PUT' && answer.ok())
  await form.getByRole('button', { name: 'Save settings' }).click()
  await saved
  await form.getByText(/^Saved /).waitFor()
}

async function takeCheques(page: Page, wanted: boolean): Promise<void> {
  const box = page.getByRole('checkbox', { name: 'Take cheques at the counter' })
  await box.setChecked(wanted, { force: true })
  await saveForm(page, 'Ways to pay')
}

async function addSurcharge(page: Page, percent: string, from: string): Promise<void> {
  const form = page.getByRole('form', { name: 'New surcharge' })
  await form.getByLabel('Percent').fill(percent)
  await form.getByLabel('From').fill(from)
  await form.getByRole('button', { name: 'Add surcharge' }).click()
  await expect.poll(() => form.getByLabel('Percent').inputValue()).toBe('')
}

journey('An administrator chooses the ways to pay, the words on receipts and the rules', async (visitor) => {
  const admin = await administrator(visitor)
  const { page } = admin
  await takeCheques(page, false)
  await admin.look('payment-settings')
  const clerk = await visitor.another('kurrajong')
  await clerk.signIn('counter', 'kurrajong')
  await lodge(clerk.page, 'Piet Vermeer', 'govetts leap')
  await clerk.page.getByText('EFTPOS', { exact: true }).waitFor()
  await clerk.page.getByText('Cheque', { exact: true }).waitFor({ state: 'detached' })
  await clerk.look('counter-without-cheques')
  await takeCheques(page, true)
  await clerk.page.reload()
  await clerk.page.getByText('Cheque', { exact: true }).waitFor()

  const receipts = page.getByRole('form', { name: 'Receipts' })
  await receipts.getByLabel('Receipt prefix').fill('KF-')
  await receipts.getByLabel('Note on receipts').fill('Questions? Call the counter and give this number.')
  await saveForm(page, 'Receipts')
  await page.getByRole('button', { name: 'Show A4' }).click()
  await page.getByText('Questions? Call the counter and give this number.').last().waitFor()
  await admin.look('receipt-sample-a4')
  await page.getByRole('button', { name: 'Show 80 mm' }).click()
  await page.getByRole('heading', { name: 'Sample on 80 mm' }).waitFor()
  await admin.look('receipt-sample-roll')

  const rules = page.getByRole('form', { name: 'Refunds, unpaid orders and alerts' })
  await rules.getByLabel('Alerts go to').fill('treasurer')
  await rules.getByRole('button', { name: 'Save settings' }).click()
  await rules
    .getByText(/Enter email addresses with commas between them/)
    .first()
    .waitFor()
  await admin.look('refund-rules-refused')
  await rules.getByLabel('Alerts go to').fill('treasurer@kurrajong.example, audit@kurrajong.example')
  await rules.getByLabel('Second person from').fill('250')
  await saveForm(page, 'Refunds, unpaid orders and alerts')
  await page.reload()
  await expect.poll(() => rules.getByLabel('Second person from').inputValue()).toBe('250.00')
})

journey('An administrator asks for a card surcharge, and whoever pays sees it first', async (visitor) => {
  const admin = await administrator(visitor)
  const percent = visitor.width > 500 ? '0.85' : '0.95'
  const sum = visitor.width > 500 ? '$69.59' : '$69.66'
  await addSurcharge(admin.page, percent, day())
  const today = admin.page
    .getByRole('listitem')
    .filter({ hasText: `Card, online, ${percent} %` })
    .first()
  await today.getByText('Today', { exact: true }).waitFor()
  await addSurcharge(admin.page, '1.20', day(1))
  const tomorrow = admin.page.getByRole('listitem').filter({ hasText: 'Card, online, 1.20 %' })
  await tomorrow.getByRole('button', { name: 'Take away' }).waitFor()
  await admin.look('surcharges')
  await tomorrow.getByRole('button', { name: 'Take away' }).click()
  await tomorrow.waitFor({ state: 'detached' })

  const customer = await visitor.another('kurrajong')
  const { page } = customer
  await fillBasket(customer, {
    address: 'govetts leap',
    product: /^Planning certificate 10\.7\(2\)$/,
    name: 'Nell Kowalski',
    email: `nell-${visitor.width}-${Date.now()}@example.org`,
  })
  await page.getByRole('button', { name: /^Pay \$/ }).click()
  await hostedPage(page)
  await page.getByText(`Card surcharge ${percent} %`).waitFor()
  await customer.look('hosted-surcharge')
  await page.getByRole('button', { name: /^Back to/ }).click()
  await page.getByText(/By card it is .* and a surcharge of/).waitFor()
  await page.getByRole('button', { name: `Pay ${sum}` }).waitFor()
  await customer.look('order-surcharge')
  const link = await givePayLink(page, 'purchaser@example.org', 'Thank you.')
  await page.goto(link)
  await page.getByText(`Card surcharge ${percent} %`).waitFor()
  await customer.look('pay-link-surcharge')
  await page.getByRole('button', { name: `Pay ${sum}` }).click()
  await hostedPage(page)
  await page.getByRole('button', { name: `Pay ${sum}` }).click()
  await page.getByText(/was paid, with a surcharge of/).waitFor()
  await customer.look('pay-link-surcharge-paid')

  await today.getByRole('button', { name: 'Ask for it until today' }).click()
  await today.getByRole('button', { name: 'Ask for it until today' }).waitFor({ state: 'detached' })
  await today.getByRole('button', { name: 'Stop now' }).click()
  await today.getByText(/, stopped /).waitFor()
  await admin.look('surcharge-ended')
})
