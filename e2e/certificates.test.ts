import { expect } from 'vitest'
import { journey, type Visitor } from './browser.ts'
import { answerEverything, fillBasket, orderNumber, payByCard } from './steps.ts'

/** A guest orders and pays one certificate; answers the order's number. */
async function buy(visitor: Visitor, address: string, product: RegExp): Promise<string> {
  await fillBasket(visitor, {
    address,
    product,
    name: 'Nell Kowalski',
    email: `nell-${visitor.width}-${Date.now()}@example.org`,
  })
  await payByCard(visitor.page)
  return orderNumber(visitor.page)
}

/** The certificate of an order, opened from the queue. */
async function openLine(staff: Visitor, number: string): Promise<void> {
  const { page } = staff
  await page.goto(`/certificates/staff?view=all_open&q=${number}`)
  await page.getByText(number).first().waitFor({ timeout: 60_000 })
  await page.getByRole('main').getByRole('link', { name: /St/i }).first().click()
  await page.waitForURL(/staff\/lines\//)
}

const NOTICES = '/certificates/settings/products/735A'

async function askForSecondOfficer(admin: Visitor, wanted: boolean): Promise<void> {
  const { page } = admin
  await page.goto(NOTICES)
  await page.getByLabel('A second officer checks it before it is issued').setChecked(wanted, { force: true })
  const saved = page.waitForResponse((answer) => answer.request().method() === 'PUT')
  await page.getByRole('button', { name: 'Save certificate' }).click()
  expect((await saved).status()).toBe(200)
}

journey('A second officer checks what the product asks for, and sends it back once', async (visitor) => {
  const second = await visitor.another()
  await second.signIn('admin')
  await askForSecondOfficer(second, true)
  const number = await buy(visitor, visitor.width > 1000 ? '105 williwa st' : '107 williwa st', /735A/)

  const officer = await visitor.another()
  await officer.signIn('officer')
  await openLine(officer, number)
  const { page } = officer
  await page.getByRole('button', { name: 'Take it' }).click()
  await page.getByRole('heading', { name: 'Before it is issued' }).waitFor()
  await answerEverything(page)
  await officer.look('send-to-check')
  await page.getByRole('button', { name: 'Send to be checked' }).click()
  await page.getByText('You prepared it: an officer who did not will check it.').waitFor()

  await second.page.goto(`/certificates/staff?view=to_check&q=${number}`)
  await second.page.getByText(number).first().waitFor()
  await openLine(second, number)
  await second.look('second-officer')
  await second.page.getByRole('button', { name: 'Send back' }).click()
  await second.page.getByRole('dialog').getByRole('textbox').fill('Name the fire safety order, please.')
  await second.page.getByRole('dialog').getByRole('button', { name: 'Send back' }).click()
  await second.page.getByText('Sent back by the second officer').waitFor()

  await page.reload()
  await page.getByText('Name the fire safety order, please.').first().waitFor()
  await page.getByRole('button', { name: 'Send to be checked' }).click()
  await page.getByText('You prepared it: an officer who did not will check it.').waitFor()
  await second.page.reload()
  await second.page.getByRole('button', { name: 'Checked, nothing to change' }).click()
  await second.page.getByText(/^Checked by /).waitFor()

  await page.reload()
  await page.getByRole('button', { name: 'Issue certificate' }).click()
  await page.getByRole('heading', { name: /^Certificate / }).waitFor({ timeout: 60_000 })
  await askForSecondOfficer(second, false)
})

journey('Council asks, the customer answers with a file, and the clock goes on', async (visitor) => {
  const { page } = visitor
  const number = await buy(
    visitor,
    visitor.width > 1000 ? '109 williwa st' : '111 williwa st',
    /^603 certificate$/,
  )
  const order = page.url()
  const officer = await visitor.another()
  await officer.signIn('officer')
  await openLine(officer, number)
  await officer.page.getByRole('button', { name: 'Put on hold' }).click()
  await officer.page.getByRole('dialog').getByRole('textbox').fill('Has the shed been removed?')
  await officer.page.getByRole('dialog').getByRole('button', { name: 'Put on hold' }).click()
  await officer.page.getByText('Asked of the customer').waitFor()

  await page.goto(order)
  await page.getByText('Council asks you').waitFor()
  await visitor.look('order-asked')
  await page.getByLabel('Your answer').fill('It was removed in March. A photo is attached.')
  await page
    .locator('input[type=file]')
    .setInputFiles({ name: 'shed.txt', mimeType: 'text/plain', buffer: Buffer.from('no shed') })
  await page.getByRole('button', { name: 'Send', exact: true }).click()
  await page.getByRole('button', { name: /^shed\.txt/ }).waitFor()
  await page.getByText('Council asks you').waitFor({ state: 'detached' })
  await visitor.look('order-answered')

  await officer.page.reload()
  await officer.page.getByText(/^The customer wrote/).waitFor()
  await officer.page.getByRole('link', { name: 'Read and answer on the order' }).click()
  await officer.page.getByText('It was removed in March.').waitFor()
  const download = officer.page.waitForEvent('download')
  await officer.page.getByRole('button', { name: /^shed\.txt/ }).click()
  expect((await download).suggestedFilename()).toBe('shed.txt')
  await officer.page.getByRole('textbox', { name: 'Message' }).fill('Thank you, that is all we need.')
  await officer.page.getByRole('button', { name: 'Send', exact: true }).click()
  await officer.page.getByText('Thank you, that is all we need.').last().waitFor()
  await officer.look('staff-order-messages')
})

journey('An officer shares out the queue, and takes the orders out as a table', async (visitor) => {
  const { page, width } = visitor
  await visitor.signIn('officer')
  await page.goto('/certificates/staff/orders')
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('link', { name: 'Download as CSV' }).click(),
  ])
  expect(download.suggestedFilename()).toBe('Orders.csv')
  if (width < 768) return // cards on a phone are not ticked
  await page.goto('/certificates/staff?view=unassigned')
  const boxes = page.getByRole('checkbox', { name: /^Select .* for / })
  await boxes.first().waitFor({ state: 'attached' })
  await boxes.first().setChecked(true, { force: true })
  await page.getByText('1 selected').waitFor()
  await page.getByLabel('Give to').selectOption({ label: 'Nobody: back to the queue' })
  await visitor.look('queue-selected')
  await page.getByRole('button', { name: 'Assign', exact: true }).click()
  await page.getByText('0 certificates assigned, 1 left as they were').waitFor()
  await boxes.first().setChecked(true, { force: true })
  await page.getByLabel('Give to').selectOption({ index: 0 })
  await page.getByRole('button', { name: 'Assign', exact: true }).click()
  await page.getByText('1 certificate assigned').waitFor()
})
