import type { Page } from 'playwright-core'
import { expect } from 'vitest'
import { journey, type Visitor } from './browser.ts'
import { BOUNCE_SECRET } from './bounce-secret.ts'
import { buyAsGuest, openLine, takeLine } from './certificate-steps.ts'
import {
  answerByKeyboard,
  answerEverything,
  fillBasket,
  isFocused,
  orderNumber,
  payByCard,
  reloadUntil,
} from './steps.ts'

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
  const number = await buyAsGuest(visitor, visitor.width > 1000 ? '105 williwa st' : '107 williwa st', /735A/)

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

journey('Two officers bring a certificate from the queue to its number without a mouse', async (visitor) => {
  if (visitor.width < 768) return // cards on a phone have no row keys
  const second = await visitor.another()
  await second.signIn('admin')
  await askForSecondOfficer(second, true)
  const number = await buyAsGuest(visitor, '113 williwa st', /735A/)
  await askForSecondOfficer(second, false)

  const officer = await visitor.another()
  await officer.signIn('officer')
  const { page } = officer
  await page.goto(`/certificates/staff?view=unassigned&q=${number}`)
  await reloadUntil(page, page.getByRole('main').getByRole('link', { name: /St/i }))
  await page.keyboard.press('?')
  await page.getByRole('dialog').getByText('Assign to me').waitFor()
  await page.keyboard.press('Escape')
  await page.keyboard.press('j')
  await page.keyboard.press('Enter')
  await page.waitForURL(/staff\/lines\//)
  await page.getByRole('button', { name: 'Take it' }).waitFor()
  await page.keyboard.press('t')
  await page.getByRole('heading', { name: 'Before it is issued' }).waitFor()
  await answerByKeyboard(page)
  await expect.poll(() => isFocused(page.getByRole('button', { name: 'Send to be checked' }))).toBe(true)
  await page.keyboard.press('Enter')
  await page.getByText('You prepared it: an officer who did not will check it.').waitFor()
  await expect.poll(() => isFocused(page.getByRole('heading', { level: 1 }))).toBe(true)

  const { page: desk } = second
  await desk.goto(`/certificates/staff?view=to_check&q=${number}`)
  await desk.getByText(number).first().waitFor()
  await desk.keyboard.press('j')
  await desk.keyboard.press('Enter')
  await desk.getByRole('button', { name: 'Checked, nothing to change' }).waitFor()
  await desk.keyboard.press('d')
  await desk.keyboard.press('Enter')
  const issue = desk.getByRole('button', { name: 'Issue certificate' })
  await issue.waitFor()
  await expect.poll(() => isFocused(issue)).toBe(true)
  await desk.keyboard.press('Enter')
  await desk.getByRole('heading', { name: /^Certificate / }).waitFor({ timeout: 60_000 })
  await expect.poll(() => isFocused(desk.getByRole('heading', { level: 1 }))).toBe(true)
  await desk.keyboard.press('q')
  await desk.waitForURL(/certificates\/staff(\?|$)/)
})

/** A mail server returns the mail that said that a certificate of this order is ready. */
async function returnMail(page: Page, to: string): Promise<void> {
  const listed = await page.request.get(`/api/notifications/messages?to=${encodeURIComponent(to)}`)
  const { results } = (await listed.json()) as { results: { id: string; template: string }[] }
  const id = results.find(({ template }) => template.endsWith('certificate_ready'))?.id ?? ''
  const report = [
    'Content-Type: multipart/report; report-type=delivery-status; boundary="b"',
    '',
    '--b',
    'Content-Type: message/delivery-status',
    '',
    'Reporting-MTA: dns; mail.bluehills.example',
    '',
    `Final-Recipient: rfc822; ${to}`,
    'Action: failed',
    'Status: 5.1.1',
    'Diagnostic-Code: smtp; 550 5.1.1 User unknown',
    '',
    '--b',
    'Content-Type: text/rfc822-headers',
    '',
    `Message-ID: <${id}@banksia.example>`,
    '',
    '--b--',
    '',
  ].join('\r\n')
  const taken = await fetch(new URL('/api/notifications/bounces', page.url()), {
    method: 'POST',
    body: report,
    headers: { 'X-Bounce-Secret': BOUNCE_SECRET, 'Content-Type': 'message/rfc822' },
  })
  expect(await taken.json()).toMatchObject({ result: 'bounced' })
}

journey('Mail comes back and goes to another address, and the paper is handed over', async (visitor) => {
  const { page, width } = visitor
  const email = `typo-${width}-${Date.now()}@example.org`
  const corrected = `right-${width}-${Date.now()}@example.org`
  await fillBasket(visitor, {
    address: width > 1000 ? '115 williwa st' : '95 williwa st',
    product: /735A/,
    name: 'Nell Kowalski',
    email,
    collect: true,
  })
  await payByCard(page)
  const number = await orderNumber(page)
  const officer = await visitor.another()
  await officer.signIn('officer')
  await takeLine(officer, number)
  await answerEverything(officer.page)
  await officer.page.getByRole('button', { name: 'Issue certificate' }).click()
  await officer.page.getByRole('heading', { name: /^Certificate / }).waitFor({ timeout: 60_000 })
  const clerk = await visitor.another()
  await clerk.signIn('counter')
  const { page: desk } = clerk
  await expect
    .poll(
      () =>
        returnMail(desk, email).then(
          () => true,
          () => false,
        ),
      { timeout: 60_000 },
    )
    .toBe(true)

  const waiting = desk.getByRole('link', { name: 'Nell Kowalski' }).first()
  await desk.goto('/certificates/staff/waiting')
  await waiting.waitFor()
  await clerk.look('to-hand-over')
  await desk.goto('/certificates/staff/orders?state=mail_came_back')
  await reloadUntil(desk, desk.getByText(number).first())
  await desk
    .getByRole('main')
    .getByRole('link', { name: /BH-|Williwa/ })
    .first()
    .click()
  await desk.getByText(`Mail to ${email} came back`).waitFor()
  await clerk.look('mail-came-back')
  await desk.getByLabel('Email', { exact: true }).fill(corrected)
  await desk.getByRole('button', { name: 'Send it again' }).click()
  await desk.getByText(`Email changed from ${email} to ${corrected}`).waitFor()
  await desk.getByText(`Mail to ${email} came back`).waitFor({ state: 'detached' })
  await desk.getByLabel('Collected by').fill('Sione Tuilagi')
  await desk.getByRole('button', { name: 'Mark as collected' }).click()
  await desk.getByText(/^Handed over: .*, to Sione Tuilagi$/).waitFor()
  await clerk.look('delivery')

  await page.reload()
  await page.getByText('The order could not be opened').waitFor({ state: 'detached' })
  await page.getByText(/Collected on /).waitFor()
})

journey('A certificate goes out by itself where council knows every answer', async (visitor) => {
  const { page } = visitor
  const address = visitor.width > 1000 ? '106 hassans walls rd' : '109 hassans walls rd'
  const number = await buyAsGuest(visitor, address, /^603 certificate$/)
  await page.getByText('Ready to download').first().waitFor({ timeout: 60_000 })
  expect(await page.getByText('without an officer').count()).toBe(0)

  const admin = await visitor.another()
  await admin.signIn('admin')
  await admin.page.goto(`/certificates/staff?view=issued&q=${number}`)
  await admin.page.getByText(number).first().waitFor()
  await admin.page
    .getByRole('main')
    .getByRole('link', { name: /Hassans/i })
    .first()
    .click()
  await admin.page
    .getByText(/^Issued by Banksia without an officer: every answer was known/)
    .first()
    .waitFor()
  await admin.look('issued-without-officer')
  await admin.page.goto('/certificates/settings/straight-through')
  await admin.page.getByRole('button', { name: 'Save rules' }).waitFor()
  await admin.look('straight-through-settings')
})

journey('Council asks, the customer answers with a file, and the clock goes on', async (visitor) => {
  const { page } = visitor
  const number = await buyAsGuest(
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
  const { page } = visitor
  await visitor.signIn('officer')
  await page.goto('/certificates/staff/orders')
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('link', { name: 'Download as CSV' }).click(),
  ])
  expect(download.suggestedFilename()).toBe('Orders.csv')
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
  await boxes.first().setChecked(true, { force: true })
  await page.getByRole('button', { name: 'Issue together' }).click()
  await page
    .getByRole('dialog')
    .getByText(/^1 certificate will/)
    .waitFor()
  await visitor.look('issue-together')
  await page.getByRole('button', { name: /^(Back to the queue|Leave them as they are)$/ }).click()
})

/** Record an attribute of the property that a certificate is of, as an import would. */
async function learn(page: Page, code: string, value: string): Promise<void> {
  const lineId = new URL(page.url()).pathname.split('/').pop() ?? ''
  const { property } = (await (await page.request.get(`/api/certificates/lines/${lineId}`)).json()) as {
    property: { id: string }
  }
  const csrf = (await page.context().cookies()).find(({ name }) => name === 'banksia_csrf')?.value ?? ''
  const recorded = await page.request.put(`/api/property/properties/${property.id}/attributes/${code}`, {
    data: { value, source: 'Rates system', as_at_on: '2026-11-01' },
    headers: { 'X-CSRF-Token': decodeURIComponent(csrf), Origin: new URL(page.url()).origin },
  })
  expect(recorded.status(), await recorded.text()).toBe(200)
}

journey('What council learns between draft and issue is shown to the officer', async (visitor) => {
  const number = await buyAsGuest(
    visitor,
    visitor.width > 1000 ? '131 williwa st' : '133 williwa st',
    /^603 certificate$/,
  )
  const officer = await visitor.another()
  await officer.signIn('officer')
  await takeLine(officer, number)
  const { page } = officer
  await learn(page, 'rating_category', 'Residential')
  await page.reload()
  await page.getByText('When you issue').waitFor()
  await answerEverything(page)
  await learn(page, 'rating_category', 'Mining')
  await page.getByRole('button', { name: 'Issue certificate' }).click()
  await page.getByText('The certificate was not issued').waitFor()
  await page
    .getByText(/Residential → Mining/)
    .first()
    .waitFor()
  await page.locator('#field-rating_category').getByText('Changed since you drafted').waitFor()
  await officer.look('changed-since-drafted')
  await page.reload()
  await page.locator('#field-rating_category').getByText('Changed since you drafted').waitFor()
  await page.getByRole('button', { name: 'Issue certificate' }).click()
  await page.getByRole('heading', { name: /^Certificate / }).waitFor({ timeout: 60_000 })
  await page.getByText('Council learnt something else').waitFor()

  await page.getByRole('button', { name: 'Replace' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('button', { name: 'Start the replacement' }).click()
  await dialog.getByText('Write at least 5 letters.').waitFor()
  await dialog.getByRole('textbox').fill('The category was read wrong.')
  await dialog.getByRole('button', { name: 'Start the replacement' }).click()
  await page.getByText(/^Replaces 603\/.* because it held a mistake$/).waitFor()
  expect(await page.getByRole('button', { name: 'Cannot issue' }).count()).toBe(0)
  await officer.look('replacing')
  await page.getByRole('button', { name: 'Keep the issued one' }).click()
  await dialog.getByRole('textbox').fill('It was read right.')
  await dialog.getByRole('button', { name: 'Keep the issued one' }).click()
  await page.getByText('Kept as issued').waitFor()
  await page.getByRole('button', { name: 'Replace' }).waitFor()
})

journey('Two officers take one certificate, and two tabs answer one question', async (visitor) => {
  const number = await buyAsGuest(
    visitor,
    visitor.width > 1000 ? '121 williwa st' : '123 williwa st',
    /^603 certificate$/,
  )
  const officer = await visitor.another()
  await officer.signIn('officer')
  await openLine(officer, number)
  const other = await visitor.another()
  await other.signIn('admin')
  await openLine(other, number)
  await other.page.getByRole('button', { name: 'Take it' }).waitFor()
  await officer.page.getByRole('button', { name: 'Take it' }).click()
  await officer.page.getByText('When you issue').waitFor()
  await other.page.getByRole('button', { name: 'Take it' }).click()
  await other.page.getByText(/ took this at \d+:\d\d [ap]m\.$/).waitFor()
  await other.look('taken-meanwhile')
  await other.page.getByRole('button', { name: 'Take it over' }).click()

  const first = other.page
  const second = await other.context.newPage()
  const category = (page: Page) => page.locator('#field-rating_category')
  for (const page of [first, second]) {
    // The answers stand there before the takeover has come back; a tab opened until then would not let them be changed.
    if (page === second) await second.goto(first.url())
    const change = category(page).getByRole('button', { name: 'Change Category' })
    const box = category(page).getByRole('textbox')
    await change.or(box).first().waitFor()
    if (await change.isVisible()) await change.click()
    await box.waitFor()
  }
  await category(first).getByRole('textbox').fill('Business')
  await category(first).getByRole('button', { name: 'Save answer' }).click()
  await category(first).getByRole('textbox').waitFor({ state: 'detached' })
  await category(first).getByText('Business').first().waitFor()
  await category(second).getByRole('textbox').fill('Farmland')
  await category(second).getByRole('button', { name: 'Save answer' }).click()
  const both = second.getByRole('region', { name: /^Two answers to / })
  await both.getByText('Farmland').waitFor()
  await both.getByText('Business').waitFor()
  await other.in(second).look('two-answers')
  await both.getByRole('button', { name: /^Use mine/ }).click()
  await both.waitFor({ state: 'detached' })
  await category(second).getByRole('textbox').waitFor({ state: 'detached' })
  await category(second).getByText('Farmland').first().waitFor()
  await first.reload()
  await category(first).getByText('Farmland').first().waitFor()
})

journey('Ready certificates are issued together', async (visitor) => {
  const number = await buyAsGuest(visitor, visitor.width > 1000 ? '125 williwa st' : '135 williwa st', /735A/)
  const officer = await visitor.another()
  await officer.signIn('officer')
  await takeLine(officer, number)
  const { page } = officer
  await answerEverything(page)
  await page.getByText('Saving').waitFor({ state: 'detached' })
  await page.goto(`/certificates/staff?view=mine&q=${number}`)
  const box = page.getByRole('checkbox', { name: /^Select .* for / })
  await box.first().setChecked(true, { force: true })
  await page.getByRole('button', { name: 'Issue together' }).click()
  await page.getByRole('dialog').getByText('1 certificate will be issued').waitFor()
  await page.getByRole('button', { name: 'Issue 1 certificate' }).click()
  await page.getByText('1 of 1 certificate issued').waitFor({ timeout: 60_000 })
  await officer.look('issued-together')
  await page.getByText(/^Nothing in this view matches /).waitFor()
  await page.getByRole('button', { name: 'Clear the filters' }).click()
  await page.waitForURL((url) => !url.searchParams.has('q'))
  await page.goto(`/certificates/staff?view=issued&q=${number}`)
  await page
    .getByRole('main')
    .getByRole('link', { name: /Williwa/i })
    .first()
    .waitFor()
})
