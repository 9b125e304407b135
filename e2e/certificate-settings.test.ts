import { expect } from 'vitest'
import { journey, type Visitor } from './browser.ts'
import { buyAsGuest, changeSettings, openLine } from './certificate-steps.ts'
import { chooseProperty } from './steps.ts'

const TEN_DAYS = 10
const DAY_MS = 24 * 3600 * 1000

/** `2026-12-02`, so many days from today. */
const dayFromNow = (days: number) => new Date(Date.now() + days * DAY_MS).toISOString().slice(0, 10)
/** The same as one types it into a date field. */
const typed = (day: string) => day.split('-').reverse().join('/')

/** Type a day once its field is there to take it: the calendar comes after the page. */
async function enterDay({ page }: Visitor, label: string, day: string): Promise<void> {
  const field = page.locator('input:enabled').and(page.getByLabel(label))
  await field.waitFor()
  await field.fill(typed(day))
  // What is typed counts once one leaves the field.
  await field.press('Tab')
}

journey(
  'An administrator closes the council for some days, and what is ordered is due later',
  async (visitor) => {
    const { page, width } = visitor
    const name = `Show week ${String(width)}`
    await visitor.signIn('admin')
    await page.goto('/certificates/settings/calendar')
    const dueNow = page.locator('section', {
      has: page.getByRole('heading', { name: 'Ordered and paid now' }),
    })
    const due = async () => dueNow.getByRole('listitem').allInnerTexts()
    await dueNow.waitFor()
    const before = await due()
    expect(before.length).toBeGreaterThan(0)

    const [from, until] = [dayFromNow(0), dayFromNow(TEN_DAYS)]
    await page.getByLabel('What they are').fill(name)
    await enterDay(visitor, 'First day', until)
    await enterDay(visitor, 'Last day', from)
    await page.getByRole('button', { name: 'Add closed days' }).click()
    await page.getByText('The last day lies before the first.').first().waitFor()
    await enterDay(visitor, 'First day', from)
    await enterDay(visitor, 'Last day', until)
    await page
      .getByText(/: due by .*, otherwise /)
      .first()
      .waitFor()
    await visitor.look('calendar-effect')
    await page.getByRole('button', { name: 'Add closed days' }).click()
    await page.getByRole('button', { name: new RegExp(`^Change ${name}`) }).waitFor()
    await expect.poll(due).not.toEqual(before)
    await visitor.look('calendar-closed')

    await page.getByRole('button', { name: new RegExp(`^Change ${name}`) }).click()
    await page.getByLabel('What they are').fill(`Show days ${String(width)}`)
    await page.getByRole('button', { name: 'Save closed days' }).click()
    await page.getByRole('button', { name: new RegExp(`^Remove Show days ${String(width)}`) }).click()
    await expect.poll(due).toEqual(before)
  },
)

journey(
  'An administrator words a mail, sees how it reads, and a wrong variable is refused',
  async (visitor) => {
    const { page } = visitor
    await visitor.signIn('admin')
    await page.goto('/notifications/settings/wording')
    await visitor.look('wordings')
    await page
      .getByRole('link', { name: /certificate is ready/i })
      .first()
      .click()
    const [subject, text] = [page.getByLabel('Subject'), page.getByLabel('Text', { exact: true })]
    await subject.waitFor()
    const standard = await text.inputValue()
    await text.fill(`${standard}\n\nYours, {{ the_mayor }}`)
    await page.getByRole('button', { name: 'Show preview' }).click()
    await page
      .getByText(/there is no variable \{\{ the_mayor \}\}/)
      .first()
      .waitFor()
    await visitor.look('wording-wrong')
    await page.getByRole('button', { name: 'Save wording' }).click()
    await page.getByText(/^Check \d answers?$/).waitFor()
    await page.reload()
    await page.getByRole('heading', { name: 'The standard words' }).waitFor()

    const own = 'Call us if anything in it looks wrong to you.'
    await text.fill(`${standard}\n\n${own}`)
    await page.getByRole('button', { name: 'Show preview' }).click()
    const preview = page.getByRole('region', { name: 'Preview with sample data' })
    await preview.getByText(own).waitFor()
    expect(await preview.innerText()).not.toContain('{{')
    await visitor.look('wording-preview')
    await page.getByRole('button', { name: 'Save wording' }).click()
    await page.getByRole('heading', { name: 'The council’s own words' }).waitFor()
    await visitor.look('wording-own')
    await page.getByRole('button', { name: 'Go back to the standard words' }).click()
    await page.getByRole('heading', { name: 'The standard words' }).waitFor()
    expect(await text.inputValue()).toBe(standard)
  },
)

/** Close a certificate for a while, or open it again with empty fields. */
async function closeDrainage(admin: Visitor, from: string, again: string, reason: string): Promise<void> {
  const { page } = admin
  await page.goto('/certificates/settings/products/drainage')
  await enterDay(admin, 'Closed from', from)
  await enterDay(admin, 'Opens again', again)
  await page.getByLabel('What customers read while it is closed').fill(reason)
  await page.getByRole('button', { name: 'Save certificate' }).click()
}

journey('A certificate is closed until a day, and the customer reads until when', async (visitor) => {
  const { page } = visitor
  const admin = await visitor.another()
  await admin.signIn('admin')
  await closeDrainage(admin, 'soon', '', '')
  await admin.page.getByText('Enter the day as 24/12/2026.').first().waitFor()
  await closeDrainage(admin, dayFromNow(-1), dayFromNow(30), 'The sewer plans are being scanned.')
  await admin.page.getByText(/^Saved /).waitFor()
  await admin.look('product-closed')

  await page.goto('/')
  await chooseProperty(page, '129 williwa st')
  const drainage = page.getByRole('listitem').filter({ hasText: 'Drainage diagram' }).first()
  await drainage.getByText('Closed now.').waitFor()
  await drainage.getByText(/The sewer plans are being scanned\./).waitFor()
  expect(await drainage.getByRole('checkbox').isDisabled()).toBe(true)
  await visitor.look('choose-closed')

  await closeDrainage(admin, '', '', '')
  await admin.page.getByText(/^Saved /).waitFor()
  await page.reload()
  await drainage.waitFor()
  await expect.poll(() => drainage.getByRole('checkbox').isEnabled()).toBe(true)
  expect(await page.getByText('Closed now.').count()).toBe(0)
})

journey('An administrator enters next July’s fee and withdraws it', async (visitor) => {
  const { page } = visitor
  const today = new Date()
  const year = today.getFullYear() + (today.getMonth() >= 6 ? 1 : 0)
  await visitor.signIn('admin')
  await page.goto('/certificates/settings/products')
  await page.getByRole('link', { name: 'Drainage diagram' }).click()
  const form = page.getByRole('form', { name: 'New fee' })
  await form.getByLabel('Fee', { exact: true }).fill('a lot')
  await enterDay(visitor, 'Applies from', `${String(year)}-07-01`)
  await form.getByRole('button', { name: 'Add fee' }).click()
  await form
    .getByText(/^Enter the fee in dollars/)
    .first()
    .waitFor()
  await form.getByLabel('Fee', { exact: true }).fill('0')
  await form.getByRole('button', { name: 'Add fee' }).click()
  await form
    .getByText(/^A fee is more than nothing/)
    .first()
    .waitFor()
  await form.getByLabel('Fee', { exact: true }).fill('57.50')
  await form.getByRole('button', { name: 'Add fee' }).click()
  await page.getByText(new RegExp(`From 1 July? ${String(year)}\\.`)).waitFor()
  await visitor.look('product-next-fee')
  await page.goto('/')
  await chooseProperty(page, '129 williwa st')
  await page
    .getByRole('listitem')
    .filter({ hasText: 'Drainage diagram' })
    .getByText('$54.00')
    .first()
    .waitFor()
  await page.goto('/certificates/settings/products/drainage')
  await page.getByRole('button', { name: 'Withdraw' }).click()
  await expect.poll(() => page.getByText('$57.50').count()).toBe(0)
})

journey(
  'An administrator sees what certificates are signed with, and a wrong file is refused',
  async (visitor) => {
    const { page } = visitor
    await visitor.signIn('admin')
    await page.goto('/certificates/settings/signing')
    await page.getByRole('heading', { name: 'Certificate in use' }).waitFor()
    await page.getByText('nobody: made here for the demo').waitFor()
    await page.getByText('Signing', { exact: true }).waitFor()
    await page.locator('input[type=file]').setInputFiles({
      name: 'holiday.p12',
      mimeType: 'application/x-pkcs12',
      buffer: Buffer.from('no key at all'),
    })
    await page.getByRole('button', { name: 'Test and save the certificate' }).click()
    await page.getByRole('alert').first().waitFor()
    await visitor.look('signing-refused')
    await page.reload()
    await page.getByText('nobody: made here for the demo').waitFor()
    expect(await page.getByText('The certificate is saved').count()).toBe(0)
  },
)

const DAYS = 'Days after issue on which customers can download a certificate again; empty is always'

journey('A council says how long a certificate can be downloaded again', async (visitor) => {
  const { page, width } = visitor
  const admin = await visitor.another()
  await admin.signIn('admin')
  // Council knows every answer for this one, so that it is issued without an officer.
  await buyAsGuest(
    visitor,
    width > 1000 ? '122 hassans walls rd' : '124 hassans walls rd',
    /^603 certificate$/,
  )
  await page.getByText('Ready to download').first().waitFor({ timeout: 60_000 })
  expect(await page.getByText(/You can download it until/).count()).toBe(0)
  try {
    await changeSettings(admin, { typed: { [DAYS]: '30' } })
    await page.reload()
    await page.getByText(/You can download it until \d+ \w+ \d+\./).waitFor()
    await page.getByRole('button', { name: /^Download PDF of certificate/ }).waitFor()
    await visitor.look('order-download-until')
  } finally {
    await changeSettings(admin, { typed: { [DAYS]: '' } })
  }
  await page.reload()
  await page.getByText('Ready to download').first().waitFor()
  expect(await page.getByText(/You can download it until/).count()).toBe(0)
})

journey('An administrator adds a certificate, and a guest orders it', async (visitor) => {
  const { page, width } = visitor
  const admin = await visitor.another()
  const title = `On-site detention certificate ${String(width)}`
  await admin.signIn('admin')
  await admin.page.goto('/certificates/settings/products')
  await admin.look('products')
  await admin.page.getByRole('link', { name: 'Add a certificate' }).click()
  const form = admin.page.getByRole('form', { name: 'New certificate' })
  await form.getByRole('button', { name: 'Add certificate' }).click()
  await form.getByText('Enter a title.').first().waitFor()
  await admin.look('product-new-wrong')
  await form
    .getByLabel('Code')
    .first()
    .fill(`OSD-${String(width)}`)
  await form.getByLabel('Title', { exact: true }).fill(title)
  await form.getByLabel('Short title').fill(`OSD ${String(width)}`)
  await form.getByLabel('What it says, in one sentence').fill('Whether the land has on-site detention.')
  await form.getByLabel('Number prefix').fill('OSD')
  await form.getByLabel('Fee', { exact: true }).fill('45')
  await form.getByLabel('General-ledger code').fill('1300-4040')
  await admin.look('product-new')
  await form.getByRole('button', { name: 'Add certificate' }).click()
  await admin.page.getByRole('heading', { level: 1, name: title }).waitFor()
  await admin.page.getByText('$45.00').first().waitFor()
  await admin.look('product-added')

  await buyAsGuest(visitor, '129 williwa st', new RegExp(`^${title}$`))
  await page.getByText('$45.00').first().waitFor()

  // Nobody else shall find it in the catalogue.
  await admin.page.getByText('Customers can order it').click()
  await admin.page.getByRole('button', { name: 'Save certificate' }).click()
  await admin.page.getByText(/^Saved /).waitFor()
})

/** Give the council's answer to a question for all of its land. */
async function answerForAllLand({ page }: Visitor, question: string, answer: string): Promise<void> {
  await page.goto('/certificates/settings/standard-answers')
  await page.getByRole('button', { name: `Change ${question}` }).click()
  const form = page.getByRole('form', { name: question })
  await form.getByLabel('What certificates of all land say').fill(answer)
  await form.getByRole('button', { name: 'Save answer' }).click()
  await page.getByText(answer, { exact: true }).waitFor()
}

journey('An administrator changes a standard answer, and a draft says it', async (visitor) => {
  const { width } = visitor
  const [admin, officer] = [await visitor.another(), await visitor.another()]
  const number = await buyAsGuest(visitor, '131 williwa st', /^Planning certificate 10\.7\(2\)$/)
  const answer = `Blue Hills Local Environmental Plan 2027, for ${String(width)}`
  const question = 'Local environmental plan'
  await admin.signIn('admin')
  try {
    await answerForAllLand(admin, question, answer)
    await admin.page
      .getByText(/^Since .*, by /)
      .first()
      .waitFor()
    await admin.look('standard-answers')
    await officer.signIn('officer')
    await openLine(officer, number)
    await officer.page.getByText(answer).first().waitFor()
  } finally {
    await answerForAllLand(admin, question, 'Blue Hills Local Environmental Plan 2014')
  }
})

journey('Finance sees how many certificates went out without an officer, and why not', async (visitor) => {
  const { width } = visitor
  const finance = await visitor.another()
  // Council knows every answer for this one, so that it is issued without an officer.
  const address = width > 1000 ? '122 hassans walls rd' : '124 hassans walls rd'
  await buyAsGuest(visitor, address, /^603 certificate$/)
  await visitor.page.getByText('Ready to download').first().waitFor({ timeout: 60_000 })
  await finance.signIn('finance')
  const { page } = finance
  await page.goto('/certificates/staff/reports')
  await page.getByRole('heading', { name: 'By day' }).waitFor()
  await finance.look('reports')
  await page.getByRole('link', { name: 'Without an officer' }).click()
  await page.getByText(/^[\d,]+ of [\d,]+ certificates, [\d.]+%\.$/).waitFor()
  await page.getByRole('heading', { name: 'Working time saved' }).waitFor()
  await finance.look('reports-without-officer')
  const link = page.getByRole('link', { name: 'Download as CSV' }).first()
  const file = await page.request.get((await link.getAttribute('href')) ?? '')
  expect(await file.text()).toContain('working hours saved')
})

journey('A template that prints nothing, or not all that it asks, is not published', async (visitor) => {
  const { page } = visitor
  await visitor.signIn('admin')
  await page.goto('/certificates/settings/templates')
  await page.getByRole('link', { name: 'Drainage diagram' }).click()
  const text = page.getByLabel('Text of the certificate')
  await text.fill('')
  await page.getByRole('button', { name: 'Save and check' }).click()
  await page
    .getByText(/^The text is empty/)
    .first()
    .waitFor()
  await text.fill('Certified.')
  await page.getByRole('button', { name: 'Save and check' }).click()
  await page
    .getByText(/is asked and not printed\./)
    .first()
    .waitFor()
  await visitor.look('template-not-printed')
  await page.getByLabel('Why it changes').fill('Less to read.')
  await page.getByText('Put the mistakes right first.').waitFor()
  expect(await page.getByText(/is in force since/).count()).toBe(0)
  await text.fill('Certified.\n\n#sections()\n')
  await page.getByRole('button', { name: 'Save and check' }).click()
  await page.getByText('It prints').waitFor()
})
