import { expect } from 'vitest'
import type { Page } from 'playwright-core'
import { journey } from './browser.ts'

/** A small export of a rates system whose headings nobody could guess; each width imports lots of its own. */
function ratesFile(plan: number) {
  const rows = [
    ['Ref', 'Where it is', 'What it is', 'Ward'],
    [`E2E${plan}-1`, '1 Quarry Street Portland', `LOT 1 DP ${plan}`, 'B'],
    [`E2E${plan}-2`, '3 Quarry Street Portland', `LOT 2 DP ${plan}`, 'B'],
    [`E2E${plan}-3`, '5 Quarry Street Portland', 'LOT ? DP', 'B'],
  ]
  return {
    name: `rates-${plan}.csv`,
    mimeType: 'text/csv',
    buffer: Buffer.from(rows.map((row) => row.join(';')).join('\r\n')),
  }
}

/** Until the work in the background is done and the page says so by itself. */
const state = (page: Page, word: string) =>
  page.getByText(word, { exact: true }).first().waitFor({ timeout: 60_000 })

journey('An administrator brings in a file of the rates system, and takes it back', async (visitor) => {
  const { page, width } = visitor
  const plan = 990000 + width
  await visitor.signIn('admin')

  await page.goto('/property/settings/sources/new')
  await page.getByLabel('Name').fill(`Rates system ${width}`)
  await visitor.look('import-new-source')
  await page.getByRole('button', { name: 'Add source' }).click()
  await page.getByText('Drop a file here, or').or(page.getByText('choose a file')).first().waitFor()
  await visitor.look('import-send')
  await page.getByLabel('choose a file').setInputFiles(ratesFile(plan))

  await page.getByRole('heading', { name: 'Columns' }).waitFor({ timeout: 30_000 })
  await visitor.look('import-columns-unknown')
  await page.getByLabel('Full address').selectOption('Where it is')
  await page.getByLabel('Lot and plan in one').selectOption('What it is')
  await page.getByLabel('Assessment number').selectOption('Ref')
  await page.getByText('1 Quarry Street Portland').first().waitFor()
  await page.getByText(`Lot 2 DP ${plan}`).first().waitFor()
  await page.locator('[aria-busy=true]').waitFor({ state: 'detached' })
  await visitor.look('import-columns')
  await page.getByRole('button', { name: 'Check the file' }).click()
  await state(page, 'To review')
  await page.getByText(/3 rows read, 1 not taken/).waitFor()
  await visitor.look('import-review')
  await page.reload()

  const rejected = page.getByRole('link', { name: 'Rejected rows as CSV' })
  const csv = await page.request.get((await rejected.getAttribute('href')) ?? '')
  expect(await csv.text()).toContain('LOT ? DP')
  for (const finding of await page.getByText('This is right').all()) await finding.click()
  await page.getByRole('button', { name: /^Apply \d+ new/ }).click()
  await state(page, 'Applied')
  await visitor.look('import-applied')

  await expect.poll(() => found(page, plan), { timeout: 30_000 }).toBe(true)
  await page.goto('/property/settings/imports')
  await page.getByRole('link', { name: `rates-${plan}.csv` }).waitFor()
  await visitor.look('imports')
  await page.getByRole('link', { name: `rates-${plan}.csv` }).click()
  await page.getByRole('button', { name: /^Revert \d+ records/ }).click()
  await state(page, 'Reverted')
  await visitor.look('import-reverted')
  await expect.poll(() => found(page, plan), { timeout: 30_000 }).toBe(false)
})

/** Whether the search of the back office finds the first lot of the file. */
async function found(page: Page, plan: number): Promise<boolean> {
  const answer = await page.request.get(`/api/property/search?q=${encodeURIComponent(`1 DP ${plan}`)}`)
  return (await answer.text()).includes(`1//DP${plan}`)
}

journey('An administrator works through data quality and sets up an attribute', async (visitor) => {
  const { page, width } = visitor
  await visitor.signIn('admin')
  await page.goto('/property/staff/quality')
  await page.getByText('Parcels without an address').waitFor()
  await visitor.look('quality')
  await page.getByRole('link', { name: 'Addresses of several properties' }).click()
  await page.getByRole('heading', { level: 1, name: 'Addresses of several properties' }).waitFor()
  await page
    .getByText(/rows? shown|Nothing is on this list/)
    .first()
    .waitFor()
  await visitor.look('quality-list')
  await page.goto('/property/staff/quality/conflicts')
  await page.getByText('No import contradicts a correction.').waitFor()

  const code = `e2e_${width}`
  await page.goto('/property/settings/attributes/new')
  await page.getByLabel('Code').fill(code)
  await page.getByLabel('Title').fill(`Weeds order ${width}`)
  await page.getByLabel('Kind of value').selectOption('yes_no')
  await page.getByRole('button', { name: 'Add attribute' }).click()
  await page.getByRole('heading', { level: 1, name: `Weeds order ${width}` }).waitFor()
  await visitor.look('attribute')
  await page.getByRole('button', { name: `Retire Weeds order ${width}` }).click()
  await page.getByRole('button', { name: `Record Weeds order ${width} again` }).waitFor()
  await page.goto('/property/settings/attributes')
  await page.getByText(`Weeds order ${width}`).first().waitFor()
  await visitor.look('attributes')
})
