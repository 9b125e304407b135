import { expect } from 'vitest'
import type { Page } from 'playwright-core'
import { journey } from './browser.ts'
import { openFile, openFolder } from './file-steps.ts'
import { chooseProperty } from './steps.ts'

/** The mail to an address that came last, as text. */
async function mailTo(page: Page, address: string): Promise<string> {
  let list = ''
  await expect
    .poll(async () => (list = await (await page.request.get('/dev/mail')).text()).includes(address), {
      timeout: 60_000,
    })
    .toBe(true)
  return list
}

journey('A records officer works in a property’s file', async (visitor) => {
  const { page, width } = visitor
  await visitor.signIn('records')
  await page.goto('/files/staff')
  await page.getByLabel(/Find the property/).fill('williwa st')
  await page
    .getByRole('heading', { name: /Williwa/ })
    .first()
    .waitFor()
  await visitor.look('files-find')
  await openFile(visitor, `${width > 1000 ? 107 : 109} Williwa St`)

  await page.getByRole('button', { name: 'New DA folder' }).click()
  await page.getByLabel('Number of the application').fill('17-41')
  await page.getByRole('button', { name: 'Make DA folder' }).click()
  await page.getByLabel('Number of the application').and(page.locator('[aria-invalid=true]')).waitFor()
  await page.getByLabel('Number of the application').fill('2017/41')
  await page.getByRole('button', { name: 'Make DA folder' }).click()
  await page.getByRole('heading', { name: 'DA 2017/41' }).waitFor()
  await openFolder(visitor, 'DA 2017/41, Plans')

  const name = `Stamped plans – Ünïcode ${width}.txt`
  await page
    .locator('input[type=file]')
    .first()
    .setInputFiles({ name, mimeType: 'text/plain', buffer: Buffer.from(`plan ${width} ${Date.now()}`) })
  await page.getByText('1 stored').waitFor({ timeout: 30_000 })
  const document = page.getByRole('link', { name: /Stamped plans/ })
  await document.first().waitFor()
  await page.getByRole('button', { name: /^Pin Stamped plans/ }).click()
  await page.getByRole('button', { name: /^Pin Stamped plans/, pressed: true }).waitFor()
  await visitor.look('property-file-upload')
  await document.first().click()

  const download = page.waitForEvent('download')
  await page.getByRole('link', { name: 'Download' }).click()
  expect((await download).suggestedFilename()).toContain('Stamped plans')
  await page.getByRole('button', { name: 'Link to another property' }).click()
  await chooseProperty(page.getByRole('region', { name: 'Details of the document' }), '105 williwa st')
  await page.getByRole('button', { name: /^Link to 105/ }).click()
  await page.getByRole('button', { name: /^Unlink/ }).waitFor()
  await visitor.look('property-file')
  await page.getByRole('link', { name: 'Comments' }).last().click()
  await page.getByRole('textbox', { name: 'Comment' }).fill('Sheet 4 replaces the one stamped in June.')
  await page.getByRole('button', { name: 'Add comment' }).click()
  await page.getByText(/^You, /).waitFor()
  await visitor.look('property-file-comments')

  await page.getByRole('button', { name: 'Send to owner' }).click()
  const owner = `owner-${width}-${Date.now()}@example.org`
  await page.getByLabel('Email').fill(owner)
  await visitor.look('property-file-send')
  await page.getByRole('button', { name: 'Send 1 document' }).click()
  await page.getByText(new RegExp(`1 document goes to ${owner}`)).waitFor()
  await page.getByRole('button', { name: 'Back to the file' }).click()
  expect(await mailTo(page, owner)).toContain(owner)

  await page
    .getByRole('navigation', { name: 'About the document' })
    .getByRole('link', { name: 'Details' })
    .click()
  await page.getByRole('button', { name: 'Ask to remove this document' }).click()
  await page.getByLabel('Why').fill('Scanned twice.')
  await page.getByRole('button', { name: 'Ask to remove', exact: true }).click()
  await page.getByText('You have asked to remove this document.').waitFor()
  if (width < 768) await page.getByRole('button', { name: 'Back to the documents' }).click()
  await page.getByRole('navigation', { name: 'File' }).getByRole('link', { name: 'Sent' }).click()
  await page.getByText(owner).waitFor()
  await visitor.look('property-file-sent')
  await page.getByRole('navigation', { name: 'File' }).getByRole('link', { name: 'Log' }).click()
  await page.getByText('Removal asked for').first().waitFor()
  await visitor.look('property-file-log')

  await page.goto('/files/staff?view=documents&q=stamped')
  await page
    .getByRole('link', { name: /Stamped plans/ })
    .first()
    .waitFor()
  await visitor.look('files-search')

  await page
    .getByRole('link', { name: /Stamped plans/ })
    .first()
    .click()
  await page.getByRole('button', { name: 'Show preview' }).click()
  await page
    .getByRole('region', { name: /^What Stamped plans/ })
    .getByText(`plan ${width}`)
    .waitFor()
  expect(await page.getByRole('link', { name: /^Print/ }).getAttribute('href')).toMatch(/\/preview$/)
  await visitor.look('property-file-preview')
})

journey('A records officer loads a shelf of scans, takes it back, and sees what is kept', async (visitor) => {
  const { page } = visitor
  await visitor.signIn('records')
  await page.goto('/files/staff/loads')
  await page.getByRole('button', { name: 'Check a folder' }).click()
  const folder = page.getByLabel('Folder', { exact: true })
  await folder.locator('option', { hasText: 'shelf-7' }).waitFor({ state: 'attached' })
  await folder.selectOption({ index: 1 })
  await page.getByRole('button', { name: 'Check the manifest' }).click()
  const load = page.getByRole('button', { name: 'Load 5 documents' })
  await load.waitFor({ timeout: 60_000 })
  await page.getByText('No property has 99/9/DP999999', { exact: false }).waitFor()
  await visitor.look('files-load-checked')
  await load.click()
  const back = page.getByRole('button', { name: 'Take back 5 documents' })
  await back.waitFor({ timeout: 60_000 })
  await visitor.look('files-load')

  await page.goto('/files/staff/reports')
  await page.getByRole('heading', { name: 'What is kept' }).waitFor()
  await visitor.look('files-reports')

  await page.goto('/files/staff/loads')
  await page
    .getByRole('link', { name: /shelf-7/ })
    .first()
    .click()
  await back.click()
  await page.getByText('5 documents taken back').waitFor({ timeout: 60_000 })
  await visitor.look('files-load-undone')
})
