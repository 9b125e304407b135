import type { Page } from 'playwright-core'
import { expect } from 'vitest'
import { journey, type Visitor } from './browser.ts'
import { chooseProperty, lodge } from './steps.ts'

async function isPaid(page: Page): Promise<void> {
  await page
    .getByText(/is paid/)
    .first()
    .waitFor()
}

/** Another person at another browser profile would be the truth; signing in afresh is enough for one page. */
async function signInAs(visitor: Visitor, mailbox: string): Promise<void> {
  await visitor.context.clearCookies()
  await visitor.signIn(mailbox)
}

journey(
  'A clerk opens a till, takes money of every kind, and closes it with a difference',
  async (visitor) => {
    const { page } = visitor
    await visitor.signIn('counter')

    await page.goto('/payments/staff/till')
    await page.getByLabel('Till', { exact: true }).selectOption({ label: 'Front counter, Till 2' })
    await page.getByRole('button', { name: 'Count by notes and coins' }).click()
    await page.getByLabel('$50.00').fill('3')
    await page.getByLabel('$10.00').fill('5')
    await page.getByText('That makes $200.00.').waitFor()
    await visitor.look('till-open')
    await page.getByRole('button', { name: 'Open till' }).click()
    await page.getByRole('heading', { level: 1, name: 'Front counter, Till 2' }).waitFor()

    await page.goto('/certificates/staff/counter')
    await page.getByText('Front counter, Till 2').waitFor()
    await chooseProperty(page.getByRole('main'), '105 williwa st')
    await page.getByText('603 certificate', { exact: true }).first().click()
    await page.getByLabel('Name').fill('Margaret Olsen')
    await visitor.look('counter-order')
    await page.getByRole('button', { name: 'Continue to payment' }).click()
    await page.waitForURL(/staff\/orders\//)
    await page.getByLabel('Cash received').fill('150')
    await page.getByText('$50.00').first().waitFor()
    await visitor.look('counter-payment')
    await page.getByRole('button', { name: 'Finish and print receipt' }).click()
    await isPaid(page)
    await visitor.look('counter-paid')

    await lodge(page, 'Dale & Kaur Lawyers')
    await page.getByRole('button', { name: 'Split over several ways' }).click()
    await page.getByText('EFTPOS', { exact: true }).click()
    await page.getByLabel('Paid this way').fill('40')
    await page.getByLabel('Terminal reference').fill('004512')
    await page.getByRole('button', { name: 'Add this part' }).click()
    await page.getByText('EFTPOS, handed over').waitFor()
    await page.getByRole('button', { name: 'Split over several ways' }).click()
    await page.getByText('Cheque', { exact: true }).click()
    await page.getByLabel('Paid this way').fill('35')
    await page.getByLabel('Name on the cheque').fill('Dale & Kaur Lawyers')
    await page.getByLabel('Cheque number').fill('100123')
    await page.getByRole('button', { name: 'Add this part' }).click()
    await page.getByText('Cash', { exact: true }).click()
    await page.getByLabel('Cash received').fill('30')
    await page.getByText('$5.00', { exact: true }).waitFor()
    await visitor.look('counter-split')
    await page.getByRole('button', { name: 'Finish and print receipt' }).click()
    await isPaid(page)

    await lodge(page, 'Sione Tuilagi')
    await page.getByRole('link', { name: 'Ask to waive this' }).click()
    await page.getByLabel('Reason').fill('The first certificate named the wrong lot')
    await visitor.look('waiver-ask')
    await page.getByRole('button', { name: 'Ask to waive $100.00' }).click()
    await page.getByRole('heading', { level: 1, name: 'Waivers' }).waitFor()

    await page.goto('/payments/staff/till')
    await page.getByText('$325.00 in cash.', { exact: false }).first().waitFor()
    await page.getByLabel('Cash counted').fill('324')
    await page.getByLabel('EFTPOS slips').fill('40')
    await page.getByLabel('Cheques').fill('35')
    await page.getByText('Differs: Cash $1.00 short').waitFor()
    await page.getByRole('button', { name: 'Close till' }).click()
    await page
      .getByText(/Count again, or enter the reason/)
      .first()
      .waitFor()
    await page.getByLabel('Reason for the difference').fill('Wrong change at noon')
    await visitor.look('till-close')
    await page.getByRole('button', { name: 'Close till' }).click()
    await page.getByRole('button', { name: 'Open till' }).waitFor()

    await signInAs(visitor, 'finance')
    await page.goto('/payments/staff/waivers')
    await page.getByRole('button', { name: 'Waive $100.00' }).first().waitFor()
    await visitor.look('waivers')
    await page.getByRole('button', { name: 'Waive $100.00' }).first().click()
    await page.getByText('No waiver waits for a decision.').waitFor()

    await page.goto('/payments/staff/tills?show=unbanked')
    await page.getByRole('link', { name: 'Front counter, Till 2' }).first().waitFor()
    await visitor.look('till-sessions')
    await page.getByRole('link', { name: 'Front counter, Till 2' }).first().click()
    await page.getByText('Wrong change at noon').waitFor()
    await visitor.look('till-session')

    await page.goto('/payments/staff/bankings')
    await page.getByLabel('Bag or deposit slip number').fill('Bag 17')
    // Whoever walked through this demo before left closed tills of their own.
    for (const till of await page.getByRole('checkbox').all()) await till.press('Space')
    await page.getByRole('checkbox', { name: /^Till 2, .*: \$159\.00$/ }).press('Space')
    await visitor.look('banking-new')
    await page.getByRole('button', { name: 'Bank $159.00' }).click()
    await page.getByRole('heading', { level: 1, name: 'Banking Bag 17' }).waitFor()
    await page.getByText('100123, Dale & Kaur Lawyers').waitFor()
    await visitor.look('banking')
  },
)

journey('A clerk lodges one order for two properties and a lot that no longer exists', async (visitor) => {
  const { page } = visitor
  await visitor.signIn('counter')
  await page.goto('/certificates/staff/counter')
  const main = page.getByRole('main')
  const order = page.getByRole('region', { name: 'Order' })
  await chooseProperty(main, '107 williwa st')
  await page.getByText('603 certificate', { exact: true }).first().click()
  await page.getByLabel('Name').fill('Rosalind Chu')
  await page.getByLabel('Matter number').fill('CHU 26/7')
  await chooseProperty(main, '109 williwa st')
  await main
    .getByText(/^109 Williwa Street/)
    .first()
    .waitFor()
  // What was chosen and typed before is still there.
  await order.getByText(/^107 Williwa Street/).waitFor()
  expect(await page.getByLabel('Name').inputValue()).toBe('Rosalind Chu')
  await page.getByText('Planning certificate 10.7(2)', { exact: true }).first().click()
  await page.getByText('(contains Planning 10.7(2))').first().waitFor()
  await order.getByText('$169.00').waitFor()

  await main.getByRole('combobox').first().fill('1 williwa street portland')
  await main
    .getByRole('option', { name: /historic/ })
    .first()
    .click()
  await page
    .getByText(/ no longer exists$/)
    .first()
    .waitFor()
  await page.getByRole('button', { name: 'Order for it' }).first().click()
  await page.getByText('Say why, in at least five letters.').first().waitFor()
  await page
    .getByLabel(/^Why order for .* all the same/)
    .first()
    .fill('The court asks for the old lot')
  await page.getByRole('button', { name: 'Order for it' }).first().click()
  await page.getByText('Ordered for all the same: The court asks for the old lot').waitFor()
  await page.getByText('603 certificate', { exact: true }).last().click()
  await order.getByText('$269.00').waitFor()
  await visitor.look('counter-several-properties')
  await page.getByRole('button', { name: 'Continue to payment' }).click()
  await page.waitForURL(/staff\/orders\//)
  await page.getByText('Ordered for a historic lot: The court asks for the old lot').waitFor()
  await page
    .getByText(/^107 Williwa Street/)
    .first()
    .waitFor()
  await page
    .getByText(/^109 Williwa Street/)
    .first()
    .waitFor()
  await page.getByText('$269.00').first().waitFor()
})

journey('A cheque comes back, and the order waits for its money', async (visitor) => {
  const { page } = visitor
  await visitor.signIn('counter')
  await page.goto('/payments/staff/till')
  await page.getByLabel('Till', { exact: true }).selectOption({ label: 'Front counter, Till 1' })
  await page.getByLabel('Float').fill('100')
  await page.getByRole('button', { name: 'Open till' }).click()
  await page.getByRole('heading', { level: 1, name: 'Front counter, Till 1' }).waitFor()
  await lodge(page, 'Hart Conveyancing')
  const order = page.url()
  await page.getByText('Cheque', { exact: true }).click()
  await page.getByLabel('Name on the cheque').fill('Hart Conveyancing')
  await page.getByLabel('Cheque number').fill('200456')
  await page.getByRole('button', { name: 'Finish and print receipt' }).click()
  await isPaid(page)
  await page.goto('/payments/staff/till')
  await page.getByRole('link', { name: /^BH-/ }).first().click()
  await page.getByRole('button', { name: 'The cheque came back' }).click()
  await page.getByLabel('The bank’s reason').fill('Insufficient funds')
  await visitor.look('cheque-came-back')
  await page.getByRole('button', { name: 'Take back $100.00' }).click()
  await page.getByText('Came back from the bank').waitFor()
  await visitor.look('payment-reopened')
  await page.goto(order)
  await page.getByText('Amount due').waitFor()
  await page.getByLabel('Cash received').fill('100')
  await page.getByRole('button', { name: 'Finish and print receipt' }).click()
  await isPaid(page)
  await page.goto('/payments/staff/till')
  await page.getByLabel('Cash counted').fill('200')
  await page.getByLabel('EFTPOS slips').fill('0')
  await page.getByLabel('Cheques').fill('100')
  await page.getByRole('button', { name: 'Close till' }).click()
  await page.getByRole('button', { name: 'Open till' }).waitFor()
})

journey('An administrator adds a till', async (visitor) => {
  const { page } = visitor
  await visitor.signIn('admin')
  await page.goto('/payments/settings/tills')
  const name = `Till ${visitor.width}`
  await page.getByRole('textbox', { name: 'New till at Library' }).fill(name)
  await page.getByRole('button', { name: 'Add till to Library' }).click()
  await page.getByRole('button', { name: `Stop using ${name}` }).waitFor()
  await visitor.look('till-settings')
})
