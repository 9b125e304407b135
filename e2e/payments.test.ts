import { expect } from 'vitest'
import { journey } from './browser.ts'
import { fillBasket, givePayLink, hostedPage, lodge, payInVain, reloadUntil } from './steps.ts'

journey('A customer lets somebody else pay, who sees the sum and nothing else', async (visitor) => {
  const { page, width } = visitor
  await fillBasket(visitor, {
    address: '54 williwa st',
    product: /^Planning certificate 10\.7\(2\)$/,
    name: 'Lena Fischer',
    email: `lena-${width}-${Date.now()}@example.org`,
  })
  await page.getByRole('button', { name: /^Pay \$69\.00/ }).click()
  await hostedPage(page)
  await page.getByRole('button', { name: /^Back to/ }).click()
  await page.waitForURL(/customer\/orders\//)
  await page.getByRole('heading', { name: 'Let someone else pay' }).waitFor()
  await visitor.look('order-let-pay')
  const link = await givePayLink(page, 'purchaser@example.org', 'As agreed on the phone.')
  await visitor.look('order-pay-link')

  const payer = await visitor.another()
  await payer.page.goto(link)
  await payer.page
    .getByRole('heading', { level: 1, name: 'Pay $69.00 to Blue Hills Shire Council' })
    .waitFor()
  expect(await payer.page.getByText('Lena Fischer').count()).toBe(0)
  await payer.look('pay-link')
  await payer.page.getByRole('button', { name: 'Pay $69.00' }).click()
  await hostedPage(payer.page)
  await payInVain(payer.page)
  await payer.page.getByText('The bank did not approve the payment').waitFor()
  await payer.look('pay-link-declined')
  await payer.page.getByRole('button', { name: 'Pay $69.00' }).click()
  await hostedPage(payer.page)
  await payer.page.getByRole('button', { name: 'Pay $69.00' }).click()
  await payer.page.getByText('This is paid').waitFor()
  await payer.page.getByRole('link', { name: /Receipt/ }).waitFor()
  await payer.look('pay-link-paid')
  await payer.page.goto(link)
  await payer.page.getByText('There is nothing more to pay.').waitFor()

  await reloadUntil(page, page.getByText('Total paid'))
  expect(await page.getByRole('heading', { name: 'Let someone else pay' }).count()).toBe(0)
})

journey('A clerk takes an order by phone and sends the caller a pay link', async (visitor) => {
  const { page } = visitor
  await visitor.signIn('counter')
  await lodge(page, 'Rosa Delgado')
  await page.getByRole('heading', { name: 'Send a pay link' }).waitFor()
  const link = await givePayLink(page, 'rosa@delgado.example', 'For the certificate that you asked for.')
  await visitor.look('counter-pay-link')

  const caller = await visitor.another()
  await caller.page.goto(link)
  await caller.page.getByRole('button', { name: 'Pay $100.00' }).click()
  await hostedPage(caller.page)
  await caller.page.getByRole('button', { name: 'Pay $100.00' }).click()
  await caller.page.getByText('This is paid').waitFor()

  await reloadUntil(page, page.getByText('$100.00 paid'))
  expect(await page.getByText('Amount due').count()).toBe(0)
  await visitor.look('counter-paid-by-link')
})

journey('A firm buys on account at the counter and pays from its statement', async (visitor) => {
  const { page, width } = visitor
  const code = `GRAY-${width}`
  const firm = `Gray & Lim ${width}`
  await visitor.signIn('finance')
  await page.goto('/payments/staff/accounts/new')
  await page.getByLabel('Code').fill(code)
  await page.getByLabel('Name').fill(firm)
  await page.getByLabel('Credit limit').fill('150')
  await page.getByLabel('Terms').fill('14')
  await page.getByRole('button', { name: 'Open account' }).click()
  await page.getByRole('heading', { level: 1, name: firm }).waitFor()
  await page.getByText('Nothing was bought or paid on account in these days.').waitFor()

  const clerk = await visitor.another()
  await clerk.signIn('counter')
  const charge = async () => {
    await lodge(clerk.page, firm)
    await clerk.page.getByText('Account', { exact: true }).click()
    await clerk.page.getByLabel('Find the account').fill(code)
    const found = clerk.page.getByRole('combobox', { name: 'Account' })
    await expect.poll(() => found.getByRole('option').allInnerTexts()).toHaveLength(2)
    await found.selectOption({ index: 1 })
  }
  await charge()
  await clerk.look('counter-account')
  await clerk.page.getByRole('button', { name: 'Finish and print receipt' }).click()
  await clerk.page
    .getByText(/is paid/)
    .first()
    .waitFor()
  await charge()
  await clerk.page.getByRole('button', { name: 'Finish and print receipt' }).click()
  await clerk.page.getByText('The payment was not recorded').waitFor()
  await clerk.look('counter-account-full')

  await page.reload()
  await page.getByText(`Account ${code}, owes $100.00`).waitFor()
  await page.getByRole('link', { name: /^BH-/ }).waitFor()
  await visitor.look('account-owes')
  await page.getByLabel('What the bank’s statement says').fill('GRAY AND LIM')
  await page.getByRole('button', { name: 'Record $100.00' }).click()
  await page.getByText('$100.00 is recorded, and its receipt is being made.').waitFor()
  await page.getByText(`Account ${code}, owes nothing`).waitFor()
  await visitor.look('account-paid')
})
