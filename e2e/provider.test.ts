import { readFile } from 'node:fs/promises'
import type { Page } from 'playwright-core'
import { expect } from 'vitest'
import { journey, type Visitor } from './browser.ts'
import {
  atProvider,
  DEMO_KEY,
  fillBasket,
  hostedPage,
  type Hosted,
  orderNumber,
  paymentOf,
  reloadUntil,
} from './steps.ts'

/** A guest orders a planning certificate and pays it by card; answers the order's number and where it was paid. */
async function payOnline(visitor: Visitor, address: string, name: string): Promise<[string, Hosted]> {
  const { page } = visitor
  const email = `payer-${visitor.width}-${Date.now()}@example.org`
  await fillBasket(visitor, { address, product: /^Planning certificate 10\.7\(2\)$/, name, email })
  await page.getByRole('button', { name: /^Pay \$/ }).click()
  const hosted = await hostedPage(page)
  await page.getByRole('button', { name: /^Pay \$/ }).click()
  await page.waitForURL(/customer\/orders\//)
  await page.getByText('Total paid').waitFor({ timeout: 60_000 })
  return [await orderNumber(page), hosted]
}

/** Start a comparison: the page is left only when the server has heard of it. */
async function compareNow(page: Page): Promise<void> {
  const heard = page.waitForResponse((answer) => answer.request().method() === 'POST')
  await page.getByRole('button', { name: 'Compare now' }).click()
  await heard
}

/** The finance officer finds the dispute in the list and opens it. */
async function openDispute({ page }: Visitor, order: string): Promise<void> {
  await page.goto('/payments/staff/disputes?state=needs_response')
  await reloadUntil(page, page.getByRole('link', { name: order }))
}

/** The case in Money to review is closed once the bank has decided. */
async function closeCase({ page }: Visitor, order: string, reason: string): Promise<void> {
  await page.goto('/payments/staff/review?kind=dispute')
  await page.getByRole('link', { name: `History of ${order}` }).click()
  await page.getByRole('heading', { name: 'What was done' }).waitFor()
  await page.getByRole('button', { name: 'Close without moving money' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('Reason, for the books').fill(reason)
  await dialog.getByRole('button', { name: 'Close without moving money' }).click()
  await dialog.waitFor({ state: 'detached' })
  await page.getByText(reason).first().waitFor()
}

journey('A bank wants money back, sees the evidence, and the council keeps the money', async (visitor) => {
  const [order, hosted] = await payOnline(visitor, '54 williwa st', 'Milo Brandt')
  const opened = await atProvider(
    hosted,
    `/__payments/${await paymentOf(hosted)}/dispute?reason=product_not_received`,
  )

  const officer = await visitor.another()
  const { page } = officer
  await officer.signIn('finance')
  await openDispute(officer, order)
  await officer.look('disputes')
  await page.getByRole('link', { name: order }).click()
  await page.getByRole('heading', { level: 1, name: `Dispute of ${order}` }).waitFor()
  await page.getByText(/^The bank takes evidence until/).waitFor()
  await page.getByText('Product not received', { exact: true }).waitFor()
  await officer.look('dispute')
  const download = page.waitForEvent('download')
  await page.getByRole('link', { name: 'Download the evidence' }).click()
  expect(await readFile(await (await download).path(), 'utf8')).toContain(order)
  await page.getByRole('link', { name: 'Open the payment' }).click()
  await page.getByRole('heading', { level: 1, name: `Payment for ${order}` }).waitFor()
  await page.getByText('Nothing can be refunded now').waitFor()
  await officer.look('payment-disputed')
  await page.getByRole('link', { name: 'Product not received' }).click()
  await page.getByRole('link', { name: 'Open what it is for' }).click()
  await page.getByText('The payer’s bank wants the money back').waitFor()
  await officer.look('order-disputed')
  await page.getByRole('link', { name: 'Open the disputes' }).click()
  await page.getByRole('link', { name: order }).click()
  await page.getByRole('heading', { level: 1, name: `Dispute of ${order}` }).waitFor()

  await atProvider(hosted, `/__disputes/${opened.id}/respond`)
  await reloadUntil(page, page.getByText('The bank decides'))
  await atProvider(hosted, `/__disputes/${opened.id}/win`)
  await reloadUntil(page, page.getByText('The bank decided for the council: the money stays.'))
  await page.getByText('Given back to us').waitFor()
  await officer.look('dispute-won')
  await closeCase(officer, order, 'The bank decided for council.')
  await officer.look('review-dispute-closed')
})

journey('A bank takes money back for good, and the books still agree', async (visitor) => {
  const [order, hosted] = await payOnline(visitor, '54 williwa st', 'Ida Novak')
  const opened = await atProvider(hosted, `/__payments/${await paymentOf(hosted)}/dispute`)

  const officer = await visitor.another()
  const { page } = officer
  await officer.signIn('finance')
  await page.goto('/payments/staff/review?kind=dispute')
  await reloadUntil(page, page.getByRole('link', { name: `History of ${order}` }))
  await officer.look('review-dispute')
  await page.getByRole('link', { name: `Open dispute ${opened.id}` }).click()
  await page.getByText(/^The bank takes evidence until/).waitFor()
  await atProvider(hosted, `/__disputes/${opened.id}/lose`)
  await reloadUntil(page, page.getByText(/^The bank decided for the payer/))
  await officer.look('dispute-lost')
  await page.getByRole('link', { name: 'Open the payment' }).click()
  await page.getByRole('heading', { level: 1, name: `Payment for ${order}` }).waitFor()
  await page.getByText('Lost, the money is gone').waitFor()
  await officer.look('payment-lost')
  await closeCase(officer, order, 'The bank decided for the payer.')

  await page.goto('/payments/staff/checks')
  await page.getByRole('button', { name: 'Check now' }).click()
  await page.getByText('All is in order.').waitFor()
})

const SHARED = 'The account of this installation, which other councils may share'

/** Saved keys are tested first, and never shown again. */
async function saveOwnKeys(admin: Visitor): Promise<void> {
  const { page } = admin
  const key = page.getByLabel('Secret key', { exact: true })
  await page.goto('/payments/settings/provider')
  await page.getByText(SHARED).waitFor()
  await admin.look('provider-shared')
  await key.fill('sk_test_of_nobody_at_all')
  await page.getByRole('button', { name: 'Test and save the key' }).click()
  await page
    .getByText(/The provider does not accept this key. Copy the secret key again./)
    .first()
    .waitFor()
  await admin.look('provider-refused')
  await key.fill(DEMO_KEY)
  await page.getByLabel('Signing secret of the webhook').fill('whsec_first_of_two')
  await page.getByRole('button', { name: 'Test and save the key' }).click()
  await page.getByText(`ends in ${DEMO_KEY.slice(-4)}, never shown again`).waitFor()
  await page.getByRole('button', { name: 'Test the key', exact: true }).click()
  await page.getByText('The provider accepts the key.').waitFor()
  await page.getByLabel('New signing secret').fill('whsec_second_of_two')
  await page.getByRole('button', { name: 'Take it into use' }).click()
  await page.getByText('Two are in use while one replaces the other.').waitFor()
  await admin.look('provider-own')
  await page.getByRole('button', { name: 'End the old secret' }).click()
  await page.getByText('One is in use.').waitFor()
  await page.reload()
  await page.getByText('One is in use.').waitFor()
  expect(await key.inputValue()).toBe('')
  expect(await page.content()).not.toContain(DEMO_KEY)
}

async function removeOwnKeys({ page }: Visitor): Promise<void> {
  await page.getByRole('button', { name: 'Remove the keys' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Remove the keys' }).click()
  await page.getByText(SHARED).waitFor()
}

journey('A council brings its own account, and its books are compared with the ledger', async (visitor) => {
  const admin = await visitor.another('kurrajong')
  await admin.signIn('admin', 'kurrajong')
  await saveOwnKeys(admin)

  const payer = await visitor.another('kurrajong')
  const [order, hosted] = await payOnline(payer, 'govetts leap', 'Aroha Ngata')
  const stray = `pi_stray_${visitor.width}_${Date.now()}`
  const created = Math.floor(Date.now() / 1000) - 2 * 86_400
  const entries = [{ type: 'charge', source: stray, amount: 4200, fee: 101, created }]
  await atProvider(hosted, '/__books', { body: { entries } })
  const payout = await atProvider(hosted, '/__payouts')
  await atProvider(hosted, `/__payouts/${payout.id}/pay`)
  await atProvider(hosted, `/__books?source=${await paymentOf(hosted)}`, { method: 'DELETE' })

  const officer = await visitor.another('kurrajong')
  const { page } = officer
  await officer.signIn('finance', 'kurrajong')
  await page.goto('/payments/staff/reconciliation?show=provider')
  await compareNow(page)
  await reloadUntil(page, page.getByText(stray))
  await page.getByText(/^Compared /).waitFor()
  await officer.look('reconciliation-provider')
  await page.getByRole('link', { name: 'Only in the ledger' }).click()
  await page.getByRole('link', { name: order }).waitFor()
  await officer.look('reconciliation-ledger')
  await page.getByRole('link', { name: 'Comparisons' }).click()
  await page.getByText(/only at the provider, .* only in the ledger/).waitFor()
  await officer.look('reconciliation')
  await page.getByRole('link', { name: 'Payouts' }).click()
  await page.getByText(payout.id).waitFor()
  await officer.look('reconciliation-payouts')
  await page.locator('tr, li', { hasText: payout.id }).getByRole('link').click()
  await page.getByRole('heading', { level: 1, name: /^Payout of \$/ }).waitFor()
  await page.getByText(stray).first().waitFor()
  await officer.look('payout')

  await page.goto('/payments/staff/review?kind=not_in_ledger')
  const found = page.getByRole('region', { name: /The provider lists it/ }).filter({ hasText: stray })
  await found.waitFor()
  await officer.look('review-not-in-ledger')
  await found.getByRole('button', { name: 'Write it into the ledger' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('Reason, for the books').fill('Taken on the provider’s own page.')
  await officer.look('review-record')
  await dialog.getByRole('button', { name: 'Write it into the ledger' }).click()
  await found.waitFor({ state: 'detached' })
  await page.goto('/payments/staff/reconciliation?show=provider')
  await compareNow(page)
  await reloadUntil(page, page.getByText(stray), { gone: true })
  await removeOwnKeys(admin)
})
