import { expect } from 'vitest'
import { journey } from './browser.ts'
import { addFeeFromToday, addProduct, retireProduct } from './certificate-steps.ts'
import { chooseProperty, fillBasket, orderNumber, payByCard, payInVain } from './steps.ts'

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

journey('A certificate that contains another is chosen in its place', async (visitor) => {
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

journey('A guest orders for two properties in one basket, changes each, and pays once', async (visitor) => {
  const { page, width } = visitor
  await fillBasket(visitor, {
    address: '58 williwa st',
    product: /^603 certificate$/,
    name: 'Two Lots',
    email: `two-${width}-${Date.now()}@example.org`,
  })
  await page.getByRole('link', { name: 'Add another property' }).click()
  const open = page.getByRole('region', { name: 'Your order so far' })
  await open.getByText('1 certificate').waitFor()
  await visitor.look('home-open-basket')
  await chooseProperty(page, '59 williwa st')
  await page.waitForURL(/customer\/order\//)
  await page
    .locator('li label', { hasText: /^Planning certificate 10\.7\(2\)$/ })
    .first()
    .click()
  // What is chosen elsewhere is named on this property's page too, at either width.
  const main = page.getByRole('main')
  await main
    .getByText(/^58 Williwa Street/)
    .first()
    .waitFor()
  await main.getByRole('link', { name: 'Add another property' }).waitFor()
  if (width < 700) await page.getByText('2 certificates, 2 properties').waitFor()
  await visitor.look('choose-second-property')

  await page.goto('/')
  await open.getByText('2 certificates').waitFor()
  await open.getByText('and 1 more property').waitFor()
  await open.getByRole('link', { name: 'Go on with your order' }).click()
  await page.waitForURL(/review/)
  await page.getByRole('link', { name: /^Change Planning 10\.7\(2\) for Lot/ }).click()
  await page
    .getByRole('main')
    .getByText(/^59 Williwa Street/)
    .first()
    .waitFor()
  await page.goBack()
  await page.getByRole('button', { name: 'Pay $169.00' }).waitFor()
  await visitor.look('review-two-properties')
  await page.getByRole('button', { name: /^Remove Planning 10\.7\(2\) for Lot/ }).click()
  await page.getByRole('button', { name: 'Pay $100.00' }).waitFor()
  await page.getByRole('link', { name: 'Add another property' }).click()
  await chooseProperty(page, '59 williwa st')
  await page.waitForURL(/customer\/order\//)
  await page
    .locator('li label', { hasText: /^Planning certificate 10\.7\(2\)$/ })
    .first()
    .click()
  await page.goto('/certificates/customer/order/review')
  await page.getByRole('button', { name: 'Pay $169.00' }).waitFor()
  await payByCard(page)
  await page.getByText(/of 2 ready/).waitFor()
  await page.getByText('Why this day').first().click()
  await page
    .getByText(/^Paid .* so /)
    .first()
    .waitFor()
  await visitor.look('order-why-this-day')
})

journey(
  'Who comes back from the payment page finds the order that waits, pays or cancels it',
  async (visitor) => {
    const { page, width } = visitor
    await fillBasket(visitor, {
      address: '60 williwa st',
      product: /^603 certificate$/,
      name: 'Came Back',
      email: `back-${width}-${Date.now()}@example.org`,
    })
    const place = async () => {
      await page.getByRole('button', { name: /^Pay \$/ }).click()
      await page.waitForURL(/\/pay\//)
      await page.getByRole('button', { name: /^Pay \$/ }).waitFor()
    }
    await place()
    await page.goBack()
    const waits = page.getByText(/^Order BH-\d+-\d+ for 60 Williwa Street .* waits for payment$/)
    await waits.waitFor()
    await visitor.look('review-order-waits')
    await page.goto('/')
    await waits.waitFor()
    await visitor.look('home-order-waits')
    await page.getByRole('button', { name: /^Pay order BH-/ }).click()
    await page.waitForURL(/\/pay\//)
    await page.goBack()
    await waits.waitFor()
    await page.getByRole('button', { name: /^Cancel order BH-/ }).click()
    await page.getByText(/^Order BH-.* is cancelled$/).waitFor()
    await page.getByRole('button', { name: 'Hide this' }).click()
    await expect.poll(() => page.getByText(/is cancelled$/).count()).toBe(0)

    await fillBasket(visitor, {
      address: '60 williwa st',
      product: /^603 certificate$/,
      name: 'Came Back',
      email: `back-${width}-${Date.now()}@example.org`,
    })
    await place()
    await page.goBack()
    await waits.waitFor()
    await page.getByRole('button', { name: /^Pay order BH-/ }).click()
    await page.waitForURL(/\/pay\//)
    await page.getByRole('button', { name: /^Pay \$/ }).click()
    await page.waitForURL(/customer\/orders\//)
    await page.getByText('Total paid').waitFor({ timeout: 60_000 })
    await page.goto('/')
    await page.getByText('What you can order').waitFor()
    expect(await waits.count()).toBe(0)
  },
)

journey('A fee changes and a certificate is retired while the basket is open', async (visitor) => {
  const { page, width } = visitor
  const admin = await visitor.another()
  await admin.signIn('admin')
  const product = await addProduct(admin, { fee_cents: 5000 })
  await fillBasket(visitor, {
    address: '62 williwa st',
    product: new RegExp(`^${product.title}$`),
    name: 'Old Fee',
    email: `fee-${width}-${Date.now()}@example.org`,
  })
  const pay = (sum: string) => page.getByRole('button', { name: `Pay ${sum}`, exact: true })
  await pay('$50.00').waitFor()
  await addFeeFromToday(admin, product.code, 6000)
  await pay('$50.00').click()
  await page.getByText(/was \$50\.00, is now/).waitFor()
  await visitor.look('review-new-fee')
  await pay('$60.00').click()
  await page.getByText('Nothing is ordered yet').waitFor()
  await page.getByRole('button', { name: 'Accept the new fees' }).click()
  await pay('$60.00').waitFor()
  await payByCard(page)
  await page.getByText('$60.00').first().waitFor()

  await fillBasket(visitor, {
    address: '31 williwa st',
    product: new RegExp(`^${product.title}$`),
    name: 'Old Fee',
    email: `fee-${width}-${Date.now()}@example.org`,
  })
  await pay('$60.00').waitFor()
  await retireProduct(admin, product.code)
  await page.reload()
  await page.getByText(`The council does not sell ${product.title} any more.`).waitFor()
  await page.getByText('Nothing is left that can be ordered.').waitFor()
  expect(await page.getByRole('button', { name: /^Pay \$/ }).count()).toBe(0)
  await visitor.look('review-retired')
  await page.goto('/certificates/customer/order/details')
  await page.getByText(`The council does not sell ${product.title} any more.`).waitFor()
  expect(await page.getByRole('button', { name: 'Continue to review' }).count()).toBe(0)
  await page.getByRole('link', { name: 'Find a property' }).click()
  await chooseProperty(page, '31 williwa st')
  await page
    .locator('li label', { hasText: /^603 certificate$/ })
    .first()
    .click()
  await page.goto('/certificates/customer/order/review')
  // The rest is ordered without what is gone.
  await page.getByText('It is not part of what you order now.').waitFor()
  await payByCard(page)
  await page.getByText(/of 1 ready/).waitFor()
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

journey('Who comes over a poor line is told that the page is on its way', async ({ page }) => {
  let answer = () => {}
  const answered = new Promise<void>((resolve) => (answer = resolve))
  await page.route('**/api/organisations/current', async (route) => {
    await answered
    await route.continue()
  })
  await page.goto('/')
  const told = page.getByText('Loading council services')
  // What is quick never flickers: it is there from the first moment, and seen after a second.
  expect(await told.evaluate((element) => getComputedStyle(element).animationDelay)).toBe('1s')
  await told.waitFor()
  answer()
  await page.getByRole('combobox').waitFor()
  expect(await told.count()).toBe(0)
})
