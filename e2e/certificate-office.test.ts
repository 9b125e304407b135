import { readFile } from 'node:fs/promises'
import { expect } from 'vitest'
import { journey, type Visitor } from './browser.ts'
import { buyAsGuest, openLine } from './certificate-steps.ts'

const PLANNING = /^Planning certificate 10\.7\(2\)$/
const NOTICES = /735A/

/** On a phone the filters stand behind one button. */
async function showFilters({ page, width }: Visitor): Promise<void> {
  if (width < 768) await page.getByRole('button', { name: 'Filter and sort' }).click()
}

journey('An officer keeps a filter of the queue, uses it, renames it and takes it away', async (visitor) => {
  const { page, width } = visitor
  const name = `Urgent planning ${String(width)}`
  await visitor.signIn('officer')
  await page.goto('/certificates/staff?view=all_open')
  await showFilters(visitor)
  await page.getByLabel('Certificate', { exact: true }).selectOption({ label: 'Planning 10.7(2)' })
  await page.getByLabel('Urgency').selectOption({ label: 'Urgent' })
  await page.waitForURL(/urgent=yes/)
  await page.getByRole('button', { name: 'Save this filter' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('button', { name: 'Save filter' }).click()
  await dialog.getByText('Enter a name for the filter.').first().waitFor()
  await dialog.getByLabel('Name').fill(name)
  await visitor.look('filter-save')
  await dialog.getByRole('button', { name: 'Save filter' }).click()
  await page.getByText(`Your filter “${name}”. Only you see it.`).waitFor()
  await visitor.look('filter-saved')

  const views = page.getByRole('navigation', { name: 'Queue' })
  await views.getByRole('link', { name: /^All open/ }).click()
  await page.waitForURL((url) => !url.search.includes('urgent'))
  await views.getByRole('link', { name }).click()
  await page.waitForURL(/urgent=yes/)
  expect(new URL(page.url()).searchParams.get('product')).toBe('10.7-2')

  const renamed = `Planning today ${String(width)}`
  await page.getByRole('button', { name: 'Change this filter' }).click()
  await dialog.getByLabel('Name').fill(renamed)
  await dialog.getByRole('button', { name: 'Save changes' }).click()
  await page.getByText(`Your filter “${renamed}”. Only you see it.`).waitFor()
  await page.getByRole('button', { name: 'Change this filter' }).click()
  await visitor.look('filter-change')
  await dialog.getByRole('button', { name: 'Delete filter' }).click()
  await expect.poll(() => views.getByRole('link', { name: renamed }).count()).toBe(0)
})

journey('An officer stops the clock for a question and starts it again', async (visitor) => {
  const { page, width } = visitor
  const number = await buyAsGuest(visitor, width > 1000 ? '119 williwa st' : '121 williwa st', PLANNING)
  const order = page.url()
  const officer = await visitor.another()
  await officer.signIn('officer')
  await openLine(officer, number)
  const { page: office } = officer
  await office.getByRole('button', { name: 'Put on hold' }).click()
  await officer.look('hold')
  await office.getByRole('dialog').getByRole('textbox').fill('Which of the two lots do you mean?')
  await office.getByRole('dialog').getByRole('button', { name: 'Put on hold' }).click()
  await office.getByText('Asked of the customer').waitFor()
  await officer.look('on-hold')

  await page.goto(order)
  await page.getByText('Which of the two lots do you mean?').first().waitFor()
  await page.getByText(/The clock is stopped until you answer below/).waitFor()
  await office.goto(`/certificates/staff?view=on_hold&q=${number}`)
  await office.getByText(number).first().waitFor()
  await officer.look('queue-on-hold')
  // The customer rang: nothing comes in writing, and the officer starts the clock.
  await office
    .getByRole('main')
    .getByRole('link', { name: /Williwa/ })
    .first()
    .click()
  await office.getByRole('button', { name: 'Start the clock again' }).click()
  await office.getByText('Asked of the customer').waitFor({ state: 'detached' })
  await office.goto(`/certificates/staff?view=on_hold&q=${number}`)
  await office.getByText(`Nothing in this view matches ${number}.`).waitFor()
  await page.reload()
  await page.getByText(/Due by .*, in \d+ working days?\./).waitFor()
  expect(await page.getByText(/The clock is stopped/).count()).toBe(0)
  await visitor.look('order-resumed')
})

/** Take a line and make a finished PDF all that its certificate says; no question need be answered. */
async function issueFinishedPdf(officer: Visitor): Promise<void> {
  const { page } = officer
  await page.getByRole('button', { name: 'Take it' }).click()
  await page.getByRole('heading', { name: 'When you issue' }).waitFor()
  const preview = await page.request.get(
    `${new URL(page.url()).pathname.replace('/certificates/staff/lines/', '/api/certificates/lines/')}/preview.pdf`,
  )
  const attach = page.getByRole('form', { name: 'Attach a PDF' })
  await attach.getByText('It is the finished certificate').click()
  await attach.getByRole('button', { name: 'Attach PDF' }).click()
  await attach.getByText('Choose a PDF first.').waitFor()
  await attach
    .locator('input[type=file]')
    .setInputFiles({ name: 'Notices by hand.pdf', mimeType: 'application/pdf', buffer: await preview.body() })
  await attach.getByRole('button', { name: 'Attach PDF' }).click()
  await page.getByText(/All that the certificate says/).waitFor()
  await officer.look('finished-pdf')
  await page.getByRole('button', { name: 'Issue certificate' }).click()
  await page.getByRole('heading', { name: /^Certificate / }).waitFor({ timeout: 60_000 })
}

journey(
  'An officer issues a finished PDF, then replaces it, and the customer sees which is old',
  async (visitor) => {
    const { page, width } = visitor
    const number = await buyAsGuest(visitor, width > 1000 ? '123 williwa st' : '125 williwa st', NOTICES)
    const order = page.url()
    const officer = await visitor.another()
    await officer.signIn('officer')
    await openLine(officer, number)
    const { page: office } = officer
    await issueFinishedPdf(officer)
    const issued = async () =>
      (await office.getByRole('heading', { name: /^Certificate / }).allInnerTexts()).map((title) =>
        title.replace('Certificate ', '').trim(),
      )
    const [old = ''] = await issued()
    await page.goto(order)
    const download = page.waitForEvent('download')
    await page.getByRole('button', { name: `Download PDF of certificate ${old}` }).click({ timeout: 60_000 })
    const bytes = await readFile(await (await download).path())

    await office.getByRole('button', { name: 'Replace' }).click()
    const dialog = office.getByRole('dialog')
    await dialog.getByRole('combobox').selectOption({ label: 'What council knows of the land has changed' })
    await dialog.getByRole('textbox').fill('A notice was withdrawn after it was issued.')
    await officer.look('replace')
    await dialog.getByRole('button', { name: 'Start the replacement' }).click()
    // What the first one was made of stands there, to be changed or issued again.
    await office.getByRole('button', { name: 'Remove Notices by hand.pdf' }).waitFor()
    await officer.look('replacing')
    await office.getByRole('button', { name: 'Issue certificate' }).click()
    await expect.poll(async () => (await issued()).length, { timeout: 60_000 }).toBe(2)
    const renewed = (await issued()).find((each) => each !== old) ?? ''
    await officer.look('replaced')

    await page.reload()
    await page.getByText(`Number ${old}, replaced by ${renewed}`).waitFor({ timeout: 60_000 })
    await page.getByRole('button', { name: `Download PDF of certificate ${renewed}` }).waitFor()
    await visitor.look('order-replaced')
    await page.goto('/certificates/customer/verify')
    await page
      .locator('input[type=file]')
      .setInputFiles({ name: 'old.pdf', mimeType: 'application/pdf', buffer: bytes })
    await page.getByText('This certificate was replaced').waitFor()
    await page.getByText(new RegExp(`replaced it by ${renewed.replaceAll('.', '\\.')}`)).waitFor()
    expect(await page.getByText('A notice was withdrawn').count()).toBe(0)
    await visitor.look('verify-replaced')
  },
)

const REPORTS = [
  {
    view: 'Orders and certificates',
    table: 'Certificates by product',
    file: /^Certificates certificates .*csv$/,
  },
  { view: 'Turnaround', table: 'Turnaround by product', file: /^Certificates turnaround .*csv$/ },
  { view: 'Revenue', table: 'Revenue by product', file: /^Certificates revenue .*csv$/ },
  { view: 'Open today', table: 'Open by product', file: /^Certificates backlog .*csv$/ },
] as const

journey(
  'An officer reads what was ordered, how soon it came, for how much and what waits',
  async (visitor) => {
    const { page, width } = visitor
    await visitor.signIn('officer')
    await page.goto('/certificates/staff/reports')
    const views = page.getByRole('navigation', { name: 'Reports' })
    for (const { view, table, file } of REPORTS) {
      await views.getByRole('link', { name: view }).click()
      // On a phone each row is a card.
      if (width > 1000) await page.getByRole('table', { name: table }).waitFor()
      await page.getByRole('main').locator('svg rect').first().waitFor({ state: 'attached' })
      await visitor.look(`certificate-reports-${view.split(' ')[0]?.toLowerCase() ?? ''}`)
      const download = page.waitForEvent('download')
      await page.getByRole('link', { name: 'Download as CSV' }).first().click()
      const taken = await download
      expect(taken.suggestedFilename()).toMatch(file)
      expect((await readFile(await taken.path(), 'utf8')).trim().split('\n').length).toBeGreaterThan(1)
    }
    await views.getByRole('link', { name: 'Orders and certificates' }).click()
    await showFilters(visitor)
    await page.getByLabel('From').fill('2020-01-01')
    await page.getByLabel('To', { exact: true }).fill('2020-01-31')
    await page.getByRole('button', { name: 'Show these days' }).click()
    await page.getByText('Nothing was ordered, issued or cancelled in these days.').waitFor()
  },
)
