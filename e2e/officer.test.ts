import { expect } from 'vitest'
import { journey } from './browser.ts'
import { answerEverything, fillBasket, orderNumber, payByCard } from './steps.ts'

journey(
  'An officer issues what a customer paid for, the customer downloads it, and anybody can check it',
  async (visitor) => {
    const { page, width, context } = visitor
    const email = `buyer-${width}-${Date.now()}@example.org`
    await fillBasket(visitor, {
      address: width > 1000 ? '101 williwa st' : '103 williwa st',
      product: /^Drainage diagram$/,
      name: 'Margaret Olsen',
      email,
    })
    await payByCard(page)
    const number = await orderNumber(page)
    const orderUrl = page.url()

    const office = await context.newPage()
    const officer = visitor.in(office)
    await officer.signIn('officer')
    await office.goto(`/certificates/staff?view=all_open&q=${number}`)
    await office.getByText(number).first().waitFor({ timeout: 60_000 })
    await officer.look('staff-queue')
    await office
      .getByRole('main')
      .getByRole('link', { name: /Williwa/i })
      .first()
      .click()
    await office.getByRole('button', { name: 'Take it' }).click()
    await office.getByText('When you issue').waitFor()
    await officer.look('draft')
    await answerEverything(office)
    const preview = await office.request.get(
      new URL(office.url()).pathname.replace('/certificates/staff/lines/', '/api/certificates/lines/') +
        '/preview.pdf',
    )
    expect(preview.headers()['content-type']).toContain('application/pdf')
    await office.getByRole('button', { name: 'Issue certificate' }).click()
    await office.getByRole('heading', { name: /^Certificate / }).waitFor({ timeout: 60_000 })
    await officer.look('issued')
    const hash = (await office.locator('code').first().innerText()).trim()

    await page.goto(orderUrl)
    const download = page.waitForEvent('download')
    await page
      .getByRole('button', { name: /Download/ })
      .first()
      .click({ timeout: 60_000 })
    expect((await download).suggestedFilename()).toMatch(/\.pdf$/)
    await visitor.look('order-ready')
    expect(hash).toMatch(/^[0-9a-f]{64}$/)
  },
)

journey('An officer works the queue without a mouse', async (visitor) => {
  const { page, width } = visitor
  if (width < 768) return // cards on a phone have no row keys
  await visitor.signIn('officer')
  await page.goto('/certificates/staff?view=all_open')
  await page.getByRole('table').waitFor()
  await page.keyboard.press('j')
  await page.keyboard.press('j')
  await page.keyboard.press('k')
  await page.keyboard.press('Enter')
  await page.waitForURL(/staff\/lines\//)
  await page.goBack()
  await page.getByRole('table').waitFor()
})
