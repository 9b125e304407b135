import { expect } from 'vitest'
import { journey } from './browser.ts'
import { fillBasket, orderNumber, payByCard, payInVain } from './steps.ts'

journey(
  'A guest orders a certificate, is declined once, pays, and finds the order by the link in the mail',
  async (visitor) => {
    const { page, width } = visitor
    const email = `guest-${width}-${Date.now()}@example.org`
    await page.goto('/')
    await page.getByText('What you can order').waitFor()
    await visitor.look('portal-home')
    await page.getByRole('combobox').fill('54 williwa')
    await page.getByRole('option').first().waitFor()
    await visitor.look('portal-search')
    await fillBasket(visitor, {
      address: '54 williwa st',
      product: /^Planning certificate 10\.7\(2\)$/,
      name: 'Zoë O’Brien',
      email,
    })
    await visitor.look('review')
    await page.getByRole('button', { name: /^Pay \$69\.00/ }).click()
    await page.waitForURL(/\/pay\//)
    await payInVain(page)
    await page.waitForURL(/customer\/orders\//)
    await page
      .getByText('Nothing was charged and your order is kept.')
      .or(page.getByText('This order is not paid yet'))
      .first()
      .waitFor()
    await visitor.look('order-unpaid')
    await payByCard(page)
    await visitor.look('order-paid')
    const number = await orderNumber(page)

    await expect
      .poll(async () => (await (await page.request.get('/dev/mail')).text()).includes(number), {
        timeout: 60_000,
      })
      .toBe(true)
    const mail = await visitor.context.newPage()
    await mail.goto('/dev/mail')
    await mail
      .getByRole('link', { name: new RegExp(number) })
      .first()
      .click()
    await mail.close()
  },
)

journey('A basket holds certificates for two lots and refuses what contains another', async (visitor) => {
  const { page } = visitor
  await page.goto('/')
  await page.getByRole('combobox').fill('54 williwa st')
  await page.getByRole('option').first().click()
  await page
    .locator('li label', { hasText: /^Planning certificate 10\.7\(2\)$/ })
    .first()
    .click()
  await page.getByText(/This includes the .* you have chosen/).waitFor()
  await page.getByText('Choose this instead').click()
  await expect.poll(() => page.getByText('$174.00').count()).toBeGreaterThan(0)
  await visitor.look('choose-certificates')
  await page.goBack()
  await page.goForward()
  await expect.poll(() => page.getByText('$174.00').count()).toBeGreaterThan(0)
})

journey('Somebody who searches for what is not there is told what else to try', async (visitor) => {
  const { page } = visitor
  await page.goto('/')
  await page.getByRole('combobox').fill('99999 nowhere lane')
  await page
    .getByText(/No property matches/)
    .first()
    .waitFor()
  await visitor.look('portal-no-match')
  await page.goto('/certificates/customer/verify?number=10.7/2026/1&code=WRONG')
  await page.getByText('Council did not issue a certificate with this number and code').waitFor()
  await visitor.look('verify-unknown')
  await page.goto('/no/such/page')
  await page.getByRole('heading', { level: 1 }).waitFor()
  await visitor.look('not-found')
})
