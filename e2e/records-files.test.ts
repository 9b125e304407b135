import { expect } from 'vitest'
import type { Page } from 'playwright-core'
import { journey, type Visitor } from './browser.ts'
import {
  choose,
  fileDocument,
  isolate,
  linkMailedTo,
  openFile,
  openFolder,
  textFile,
  waitForStored,
} from './file-steps.ts'

const FOLDER = 'General correspondence'
const keyOf = FOLDER.toLowerCase().replace(' ', '_')

/** A property whose file no other journey counts, and another one at the other width. */
const addressOf = ({ width }: Visitor) => `${width > 1000 ? 119 : 121} Williwa St`

/** The documents that the list names. */
const linksOf = (page: Page, name: RegExp) => page.getByRole('link', { name })

journey('Files that wait are named after a reload, and go on', async (visitor) => {
  const { page, width } = visitor
  const stamp = `${String(width)}-${String(Date.now())}`
  await visitor.signIn('records')
  await openFile(visitor, addressOf(visitor))
  await openFolder(visitor, FOLDER)
  const asked: string[] = []
  page.on('dialog', (dialog) => {
    asked.push(dialog.type())
    void dialog.accept()
  })
  // The line is cut once five of fourteen have begun: the others wait.
  let begun = 0
  await page.route('**/api/files/uploads', async (route) => {
    begun += 1
    await (begun <= 5 ? route.continue() : new Promise(() => undefined))
  })
  const names = Array.from({ length: 14 }, (_, index) => `Letter ${stamp} ${String(index + 1)}.txt`)
  const files = names.map((name) => textFile(name))
  await choose(page, files)
  const stored = page.getByRole('button', { name: '5 stored', exact: true })
  await stored.waitFor({ timeout: 60_000 })
  await stored.click()
  await visitor.look('property-file-many')
  await page.reload()
  expect(asked).toEqual(['beforeunload'])
  await page.unroute('**/api/files/uploads')

  await page.getByText('9 files were not stored before this page was loaded again').waitFor()
  await page.getByRole('button', { name: 'Show all 9' }).click()
  const remain = await page.getByLabel('Files that remain').inputValue()
  expect(remain.split('\n').toSorted()).toEqual(names.slice(5).toSorted())
  await visitor.look('property-file-remaining')
  // Two of them, with one that is none of them: it is said, and the others stay in the list.
  await choose(page, [...files.slice(5, 7), textFile(`Other ${stamp}.txt`)], { nth: 1 })
  await page
    .getByText(`Other ${stamp}.txt is none of the files that were not finished.`, { exact: false })
    .waitFor()
  await page.getByText('7 files were not stored before this page was loaded again').waitFor()
  await choose(page, files.slice(7), { nth: 1 })
  await waitForStored(page, 9)
  await page.reload()
  for (const name of [names[0], names[13]])
    await page
      .getByRole('link', { name: (name ?? '').replace('.txt', '') })
      .first()
      .waitFor()
  expect(await page.getByText(/not stored before/).count()).toBe(0)
})

journey('A file that is a document already is linked where it was dropped, or opened', async (visitor) => {
  const { page, width } = visitor
  const title = `Right of way ${String(width)} ${String(Date.now())}`
  await visitor.signIn('records')
  await page.goto('/files/staff')
  await fileDocument(visitor, { title, folder: keyOf, address: '103 williwa' })
  await openFile(visitor, addressOf(visitor))
  await openFolder(visitor, FOLDER)
  await choose(page, [textFile('scan.txt', title)])
  await page.getByText(`“${title}”`).waitFor()
  await page.getByText(/lies in the file of 103 Williwa St/).waitFor()
  await visitor.look('property-file-already-elsewhere')
  await page.getByRole('button', { name: 'Link it here' }).click()
  await linksOf(page, new RegExp(title)).first().waitFor()

  await choose(page, [textFile('scan again.txt', title)])
  await page.getByText(/lies in this file already/).waitFor()
  await visitor.look('property-file-already-here')
  await page.getByRole('button', { name: 'Open it' }).click()
  await page
    .getByRole('button', { name: 'Add a new version' })
    .or(page.getByRole('link', { name: 'Download' }))
    .first()
    .waitFor()
})

journey('A document gets a new version, and several leave as one zip', async (visitor) => {
  const { page, width } = visitor
  const stamp = `${String(width)} ${String(Date.now())}`
  const titles = [`Fence plan ${stamp}`, `Fence letter ${stamp}`] as const
  await visitor.signIn('records')
  await page.goto('/files/staff')
  for (const title of titles)
    await fileDocument(visitor, { title, folder: keyOf, address: addressOf(visitor) })
  await openFile(visitor, addressOf(visitor))
  await openFolder(visitor, FOLDER)
  await page.getByRole('link', { name: titles[0] }).first().click()
  await page.getByRole('button', { name: 'Add a new version' }).waitFor()
  await page
    .getByLabel(`Version 2 of ${titles[0]}`)
    .setInputFiles(textFile('Fence plan 2.txt', `second ${stamp}`))
  await page.getByLabel(`Version 3 of ${titles[0]}`).waitFor({ state: 'attached', timeout: 30_000 })
  await visitor.look('property-file-version')
  if (width < 768) await page.getByRole('button', { name: 'Back to the documents' }).click()
  else await page.getByRole('button', { name: 'Close details' }).click()

  for (const title of titles) await page.getByLabel(`Select ${title}`).check()
  await page.getByText('2 documents ticked').waitFor()
  const download = page.waitForEvent('download')
  await page.getByRole('button', { name: 'Download', exact: true }).click()
  expect((await download).suggestedFilename()).toMatch(/\.zip$/)

  await page.getByRole('button', { name: 'Whole file' }).click()
  await page.getByRole('link', { name: /^Export / }).waitFor()
  await visitor.look('property-file-whole')
})

journey('An owner takes what was mailed as a link, until it leaves the file', async (visitor) => {
  const { page, width } = visitor
  const title = `Survey ${String(width)} ${String(Date.now())}`
  const to = `owner-link-${String(width)}-${String(Date.now())}@example.org`
  const records = await visitor.another()
  await records.signIn('records')
  await openFile(records, addressOf(visitor))
  await openFolder(records, FOLDER)
  // Too large to be attached.
  await choose(records.page, [{ ...textFile(`${title}.txt`), buffer: Buffer.alloc(12_000_000, title) }])
  await waitForStored(records.page, 1)
  await records.page.getByRole('link', { name: title }).first().click()
  await records.page.getByRole('button', { name: 'Send to owner' }).click()
  await records.page.getByLabel('Email').fill(to)
  await records.page.getByRole('button', { name: 'Send 1 document' }).click()
  await records.page.getByText(/as a link in the mail/).waitFor()
  await records.page.getByRole('button', { name: 'Back to the file' }).click()

  await page.goto(await linkMailedTo(page, to))
  await page.getByRole('heading', { name: '1 document' }).waitFor()
  expect(page.url()).not.toContain('token')
  await visitor.look('files-shared')
  const download = page.waitForEvent('download')
  await page.getByRole('link', { name: `Download ${title}.txt` }).click()
  expect((await download).suggestedFilename()).toBe(`${title}.txt`)
  await page.reload()
  await page.getByRole('heading', { name: '1 document' }).waitFor()

  const documentId = new URL(records.page.url()).searchParams.get('document') ?? ''
  await isolate(visitor, records, documentId)
  // The page is still open: its link answers with a page that can be read.
  await page.getByRole('link', { name: `Download ${title}.txt` }).click()
  await page.getByRole('heading', { name: 'Document not found' }).waitFor()
  await visitor.look('files-shared-gone')
  await page.goBack()
  await page.reload()
  await page.getByText('These documents are no longer here').waitFor()
  await visitor.look('files-shared-nothing')

  await records.page.reload()
  await records.page
    .getByText('This document is not in the file')
    .or(records.page.getByText(/^Removed on/))
    .first()
    .waitFor()
  await records.look('property-file-removed')
})
