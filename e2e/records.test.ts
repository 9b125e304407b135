import { expect } from 'vitest'
import { journey } from './browser.ts'
import { chooseProperty } from './steps.ts'

journey('A records officer files a document and reads who did what', async (visitor) => {
  const { page, width } = visitor
  await visitor.signIn('records')
  await page.goto('/files/staff')
  await visitor.look('files-find')
  await chooseProperty(page.getByRole('main'), `${width > 1000 ? 107 : 109} williwa st`)
  await page.waitForURL(/files\/staff\/./)
  if (width < 768) await page.getByLabel('Folder').selectOption({ index: 1 })
  else await page.getByRole('navigation', { name: 'Folders' }).getByRole('link').nth(1).click()
  const name = `Sewer plan – Ünïcode ${width}.txt`
  await page
    .locator('input[type=file]')
    .setInputFiles({ name, mimeType: 'text/plain', buffer: Buffer.from(`plan ${width} ${Date.now()}`) })
  await page
    .getByRole('link', { name: /Sewer plan/ })
    .first()
    .waitFor({ timeout: 30_000 })
  await page
    .getByRole('link', { name: /Sewer plan/ })
    .first()
    .click()
  const download = page.waitForEvent('download')
  await page.getByRole('link', { name: 'Download' }).click()
  expect((await download).suggestedFilename()).toContain('Sewer plan')
  await visitor.look('property-file')
  await page.getByRole('link', { name: 'Log' }).click()
  await page.getByText('Downloaded').first().waitFor()
  await visitor.look('property-file-log')
})
