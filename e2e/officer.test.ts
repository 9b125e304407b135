import { readFile } from 'node:fs/promises'
import { expect } from 'vitest'
import { journey, type Visitor } from './browser.ts'
import { answerEverything, fillBasket, orderNumber, payByCard, reloadUntil } from './steps.ts'

/** Attach a drawing as the finished certificate by mistake, remove it, and attach it after the answers. */
async function attachDiagram(officer: Visitor, drawing: Buffer): Promise<void> {
  const office = officer.page
  const attach = office.getByRole('form', { name: 'Attach a PDF' })
  const choose = () =>
    attach
      .locator('input[type=file]')
      .setInputFiles({ name: 'sewer.pdf', mimeType: 'application/pdf', buffer: drawing })
  await choose()
  await attach.getByText('It is the finished certificate').click()
  await attach.getByRole('button', { name: 'Attach PDF' }).click()
  await office.getByText(/All that the certificate says/).waitFor()
  await office.getByRole('button', { name: 'Remove sewer.pdf' }).click()
  await choose()
  await attach.getByRole('button', { name: 'Attach PDF' }).click()
  await office.getByText('1 page, after the certificate’s own.').waitFor()
  await officer.look('attached')
}

journey(
  'An officer issues what a customer paid for, the customer downloads it, and anybody can check it',
  async (visitor) => {
    const { page, width } = visitor
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

    const officer = await visitor.another()
    const office = officer.page
    await officer.signIn('officer')
    await office.goto('/certificates/staff?view=all_open')
    // Work comes from payments some moments later, also that of the orders which are there from the start.
    await reloadUntil(office, office.getByRole('link', { name: /Hassans Walls/ }).first())
    await officer.look('staff-queue')
    await office.goto(`/certificates/staff?view=all_open&q=${number}`)
    // The empty list says the number too, until the payment has led to work.
    const line = office
      .getByRole('main')
      .getByRole('link', { name: /Williwa/i })
      .first()
    await reloadUntil(office, line)
    await line.click()
    await office.getByRole('button', { name: 'Take it' }).click()
    await office.getByText('When you issue').waitFor()
    await officer.look('draft')
    await answerEverything(office)
    const preview = await office.request.get(
      new URL(office.url()).pathname.replace('/certificates/staff/lines/', '/api/certificates/lines/') +
        '/preview.pdf',
    )
    expect(preview.headers()['content-type']).toContain('application/pdf')
    await attachDiagram(officer, await preview.body())
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
    const file = await download
    expect(file.suggestedFilename()).toMatch(/\.pdf$/)
    await visitor.look('order-ready')

    await page.goto('/certificates/customer/verify')
    const bytes = await readFile(await file.path())
    const choose = page.locator('input[type=file]')
    await choose.setInputFiles({ name: 'mine.pdf', mimeType: 'application/pdf', buffer: bytes })
    await page.getByText(hash).waitFor()
    await page.getByText('The file is byte for byte what council issued').waitFor()
    await visitor.look('verify-file')
    const changed = Buffer.concat([bytes, Buffer.from('\n')])
    await choose.setInputFiles({ name: 'mine.pdf', mimeType: 'application/pdf', buffer: changed })
    await page.getByText('This file is not a certificate as council issued it').waitFor()
    await visitor.look('verify-changed-file')
  },
)
