import { expect } from 'vitest'
import { journey, type Visitor } from './browser.ts'
import { ask, type Filed, fileDocument, openFile, openFolder } from './file-steps.ts'

/** The entries of the back office that this person is offered. */
async function entriesOf({ page, width }: Visitor): Promise<string[]> {
  if (width < 1200) await page.getByRole('button', { name: 'Menu' }).click()
  const links = page.getByRole('navigation', { name: 'Back office' }).getByRole('link')
  await links.first().waitFor()
  const names = await links.allInnerTexts()
  if (width < 1200) await page.keyboard.press('Escape')
  return names.map((name) => name.trim())
}

/** The views of the file on screen. */
async function viewsOf({ page }: Visitor): Promise<string[]> {
  const links = page.getByRole('navigation', { name: 'File', exact: true }).getByRole('link')
  await links.first().waitFor()
  return links.allInnerTexts()
}

/** None of these buttons and links is on the page. */
async function expectNone({ page }: Visitor, name: RegExp): Promise<void> {
  const offered = page.getByRole('button', { name }).or(page.getByRole('link', { name }))
  expect(await offered.allInnerTexts()).toEqual([])
}

/** Pages whose addresses somebody knows all the same. */
async function expectNoAccess({ page }: Visitor, ...paths: string[]): Promise<void> {
  for (const path of paths) {
    await page.goto(path)
    await page.getByRole('heading', { name: 'No access' }).waitFor()
  }
}

interface Prepared {
  address: string
  letter: Filed
  /** It lies where only some people may look. */
  order: Filed
  records: Visitor
}

/** A records officer files a letter for all, and an order in the restricted folder. */
async function prepare(visitor: Visitor, address: string): Promise<Prepared> {
  const records = await visitor.another()
  await records.signIn('records')
  const stamp = `${visitor.width} ${Date.now()}`
  const letter = { title: `Septic tank letter ${stamp}`, folder: 'general_correspondence', address }
  const order = { title: `Demolition order ${stamp}`, folder: 'notices_and_orders', address }
  return {
    address,
    letter: await fileDocument(records, letter),
    order: await fileDocument(records, order),
    records,
  }
}

/** What lies in the restricted folder is as if it were not there: in the file, in the search, by its address. */
async function expectHidden(visitor: Visitor, { address, letter, order }: Prepared): Promise<void> {
  const { page } = visitor
  await openFile(visitor, address)
  await page.getByRole('link', { name: letter.title }).first().waitFor()
  expect(await page.getByText('Notices and orders').count()).toBe(0)
  expect(await page.getByText(order.title).count()).toBe(0)
  await page.goto(`/files/staff?view=documents&q=${encodeURIComponent(order.title)}`)
  await page.getByText(/^No document has/).waitFor()
  for (const path of ['', '/versions/1/content', '/versions/1/preview', '/log']) {
    const { status } = await ask(page, `/api/files/documents/${order.id}${path}`)
    expect(status, path).toBe(404)
  }
}

/** Wait for a document that is in sight and open it. */
async function openDocument({ page }: Visitor, title: string): Promise<void> {
  await page.getByRole('link', { name: title }).first().click()
  await page.getByRole('link', { name: 'Download' }).waitFor()
}

journey('Environmental services work on an application and see nothing restricted', async (visitor) => {
  const { page, width } = visitor
  const prepared = await prepare(visitor, `${width > 1000 ? 111 : 113} Williwa St`)
  const { letter, order, records } = prepared
  await visitor.signIn('environment')
  await page.goto('/staff')
  await page.getByRole('heading', { name: 'Today' }).waitFor()
  expect(await entriesOf(visitor)).toEqual(['Today', 'Property files'])
  await expectHidden(visitor, prepared)

  await openFile(visitor, prepared.address)
  expect(await viewsOf(visitor)).toEqual(['Documents', 'Log', 'Comments', 'Reminders', 'Sent'])
  await expectNone(visitor, /^(Property page|Rename|Archive|Note demolition|Place a hold)$/)
  await page.getByRole('button', { name: 'New DA folder' }).click()
  await page.getByLabel('Number of the application').fill('2026/7')
  await page.getByRole('button', { name: 'Make DA folder' }).click()
  await page.getByRole('heading', { name: 'DA 2026/7' }).waitFor()
  await openFolder(visitor, 'DA 2026/7, Notes')
  const title = `Site visit ${width}`
  await page
    .locator('input[type=file]')
    .first()
    .setInputFiles({
      name: `${title}.txt`,
      mimeType: 'text/plain',
      buffer: Buffer.from(`visit ${width} ${Date.now()}`),
    })
  await page.getByText('1 stored').waitFor({ timeout: 30_000 })
  await openDocument(visitor, title)
  await page.getByRole('button', { name: 'Edit title, description, date' }).click()
  await page.getByLabel('Description').fill('The tank lies 3 metres from the boundary.')
  await page.getByRole('form', { name: 'Edit the document' }).getByRole('button', { name: /^Save/ }).click()
  await page.getByText('The tank lies 3 metres').waitFor()
  await page.getByRole('button', { name: 'Send to owner' }).waitFor()
  await expectNone(visitor, /^(Place a hold|Property page)$/)
  await visitor.look('property-file-environment')

  const folder = { folder_id: letter.folderId, property_id: letter.propertyId }
  const refused = [
    ask(page, `/api/files/folders/${letter.folderId}`, { method: 'PATCH', body: { name: 'Letters' } }),
    ask(page, `/api/files/property-folders/${letter.folderId}/archive`, {
      method: 'PUT',
      body: { archived: true },
    }),
    ask(page, '/api/files/holds', { method: 'POST', body: { ...folder, reason: 'Because.' } }),
    ask(page, '/api/files/removals'),
    ask(page, '/api/files/reports/storage'),
    ask(page, `/api/property/properties/${letter.propertyId}/contributions`),
  ]
  expect((await Promise.all(refused)).map(({ status }) => status)).toEqual(refused.map(() => 403))
  const filed = await ask(page, `/api/files/documents/${letter.id}`, {
    method: 'PATCH',
    body: { folder_id: order.folderId },
  })
  expect(filed.status, 'moved to where they may not look').toBe(404)
  await expectNoAccess(visitor, '/files/staff/loads', '/files/settings/folders', '/property/staff')

  // What they made is everybody's.
  await openFile(records, prepared.address)
  await openFolder(records, 'DA 2026/7, Notes')
  await records.page.getByRole('link', { name: title }).first().waitFor()
})

journey('Who may only look reads, says something, and changes nothing', async (visitor) => {
  const { page, width } = visitor
  const prepared = await prepare(visitor, `${width > 1000 ? 115 : 119} Williwa St`)
  const { letter } = prepared
  await visitor.signIn('viewer')
  await page.goto('/staff')
  await page.getByRole('heading', { name: 'Today' }).waitFor()
  expect(await entriesOf(visitor)).toEqual(['Today', 'Property files'])
  await expectHidden(visitor, prepared)

  await openFile(visitor, prepared.address)
  expect(await viewsOf(visitor)).toEqual(['Documents', 'Log', 'Comments', 'Reminders'])
  await openFolder(visitor, 'General correspondence')
  const changes =
    /^(New DA folder|New folder here|Rename|Archive|Note demolition|Property page|Place a hold|Send to owner|Move.*)$/
  await expectNone(visitor, changes)
  expect(await page.locator('input[type=file]').count()).toBe(0)
  await page.getByRole('link', { name: letter.title }).waitFor()
  if (width > 1000) {
    await page.keyboard.press('j')
    await page.keyboard.press('x')
    await page.getByText('1 document ticked').waitFor()
    await expectNone(visitor, changes)
  }
  await page.getByRole('button', { name: `Pin ${letter.title}` }).click()
  await page.getByRole('button', { name: `Pin ${letter.title}`, pressed: true }).waitFor()

  await openDocument(visitor, letter.title)
  await expectNone(visitor, changes)
  await expectNone(visitor, /^(Edit title|Add a new version|Link to|Unlink)/)
  const download = page.waitForEvent('download')
  await page.getByRole('link', { name: 'Download' }).click()
  expect((await download).suggestedFilename()).toContain('Septic tank letter')
  await page.getByRole('button', { name: 'Show preview' }).click()
  await page.getByRole('region', { name: /^What Septic tank/ }).waitFor()
  await visitor.look('property-file-viewer')
  await page.getByRole('link', { name: 'Comments' }).last().click()
  await page.getByRole('textbox', { name: 'Comment' }).fill('Is this the tank of the shed?')
  await page.getByRole('button', { name: 'Add comment' }).click()
  await page.getByText(/^You, /).waitFor()
  await page
    .getByRole('navigation', { name: 'About the document' })
    .getByRole('link', { name: 'Details' })
    .click()
  await page.getByRole('button', { name: 'Ask to remove this document' }).click()
  await page.getByLabel('Why').fill('It belongs to the neighbour.')
  await page.getByRole('button', { name: 'Ask to remove', exact: true }).click()
  await page.getByText('You have asked to remove this document.').waitFor()
  await page.getByRole('button', { name: 'Withdraw the request' }).click()
  await page.getByRole('button', { name: 'Ask to remove this document' }).waitFor()

  await expectRefused(visitor, letter)
  for (const view of ['sent', 'orders']) {
    await page.goto(`/files/staff/${letter.propertyId}?view=${view}`)
    await page.getByText(/^You do not have access to/).waitFor()
  }
  await expectNoAccess(visitor, '/files/staff/loads', '/files/settings/removals', '/property/staff')
})

/** All that changes a file, sent past the page. */
async function expectRefused({ page }: Visitor, { id, propertyId, folderId }: Filed): Promise<void> {
  const file = `/api/files/properties/${propertyId}`
  const document = `/api/files/documents/${id}`
  const sending = {
    to_email: 'somebody@example.org',
    documents: [{ document_id: id, version_number: 1, sha256: 'a'.repeat(64) }],
  }
  const refused = await Promise.all([
    ask(page, `${file}/documents?file_name=a.txt&folder_id=${folderId}`, {
      method: 'POST',
      body: 'a',
      headers: { 'X-Content-SHA256': 'ca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785afee48bb' },
    }),
    ask(page, document, { method: 'PATCH', body: { title: 'Another' } }),
    ask(page, `${document}/links`, { method: 'POST', body: { property_id: propertyId } }),
    ask(page, `${file}/applications`, { method: 'POST', body: { number: '2026/8' } }),
    ask(page, `${file}/folders`, { method: 'POST', body: { name: 'Mine' } }),
    ask(page, `${file}/sendings`, { method: 'POST', body: sending }),
    ask(page, `${file}/sendings`),
    ask(page, `${file}/owners`),
  ])
  expect(refused.map(({ status }) => status)).toEqual(refused.map(() => 403))
}
