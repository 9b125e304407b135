import { journey } from './browser.ts'
import { chooseProperty } from './steps.ts'

journey('A clerk lodges an order for the person at the counter and takes cash', async (visitor) => {
  const { page } = visitor
  await visitor.signIn('counter')
  await page.goto('/certificates/staff/counter')
  await chooseProperty(page.getByRole('main'), '105 williwa st')
  await page.getByText('603 certificate', { exact: true }).first().click()
  await page.getByLabel('Name').fill('Margaret Olsen')
  await visitor.look('counter-order')
  await page.getByRole('button', { name: 'Continue to payment' }).click()
  await page.waitForURL(/staff\/orders\//)
  await page.getByLabel('Cash received').fill('150')
  await page.getByText('$50.00').waitFor()
  await visitor.look('counter-payment')
  await page.getByRole('button', { name: 'Finish and print receipt' }).click()
  await page
    .getByText(/is paid/)
    .first()
    .waitFor()
  await visitor.look('counter-paid')
})
