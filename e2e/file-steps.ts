// What journeys about property files do on their way, and what they need done before they begin.
import { createHash } from 'node:crypto'
import type { Page } from 'playwright-core'
import type { Visitor } from './browser.ts'

/** Find a property as one types and open its file. */
export async function openFile({ page }: Visitor, address: string): Promise<void> {
  await page.goto('/files/staff')
  await page.getByLabel(/Find the property/).fill(address)
  await page
    .getByRole('heading', { name: new RegExp(address, 'i') })
    .getByRole('link')
    .first()
    .click()
  await page.waitForURL(/files\/staff\/./)
}

export async function openFolder({ page, width }: Visitor, name: string): Promise<void> {
  if (width < 768) {
    const select = page.getByLabel('Folder', { exact: true })
    const option = select.locator('option', { hasText: new RegExp(`^${name} \\(`) })
    await select.selectOption((await option.getAttribute('value')) ?? '')
  } else {
    // The parts of an application are shown once it is open.
    const folders = page.getByRole('navigation', { name: 'Folders' })
    for (const part of name.split(', ')) await folders.getByRole('link', { name: part }).last().click()
  }
  await page.getByRole('heading', { name }).waitFor()
}

interface Asked {
  method?: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  /** An object goes as JSON, a string as the bytes of a file. */
  body?: object | string
  headers?: Record<string, string>
}

/** What a page of this person would send, whether or not one of their pages offers it. */
export async function ask(
  page: Page,
  path: string,
  { method = 'GET', body, headers = {} }: Asked = {},
): Promise<{ status: number; answer: unknown }> {
  const isFile = typeof body === 'string'
  const sent = {
    path,
    method,
    body: body === undefined || isFile ? body : JSON.stringify(body),
    headers: { 'Content-Type': isFile ? 'application/octet-stream' : 'application/json', ...headers },
  }
  return page.evaluate(async ({ path: to, ...init }) => {
    const token = /banksia_csrf=([^;]+)/.exec(document.cookie)?.[1] ?? ''
    const answer = await fetch(to, {
      ...init,
      headers: { ...init.headers, 'X-CSRF-Token': decodeURIComponent(token) },
    })
    const text = await answer.text()
    const isJson = answer.headers.get('content-type')?.includes('json')
    return { status: answer.status, answer: isJson ? (JSON.parse(text) as unknown) : text }
  }, sent)
}

/** The same, where it has to succeed. */
async function get<Answer>(page: Page, path: string, asked?: Asked): Promise<Answer> {
  const { status, answer } = await ask(page, path, asked)
  if (status >= 300) throw new Error(`${path}: ${status} ${JSON.stringify(answer)}`)
  return answer as Answer
}

export interface Filed {
  id: string
  title: string
  propertyId: string
  folderId: string
}

/** A text document in a folder of a property's file, as the page of somebody who may would send it. */
export async function fileDocument(
  { page }: Visitor,
  { title, folder, address }: { title: string; folder: string; address: string },
): Promise<Filed> {
  const search = new URLSearchParams({ q: address })
  const { results } = await get<{ results: { id: string }[] }>(page, `/api/property/search?${search}`)
  const folders = await get<{ id: string; key: string }[]>(page, '/api/files/folders')
  const propertyId = results[0]?.id ?? ''
  const folderId = folders.find(({ key }) => key === folder)?.id ?? ''
  const query = new URLSearchParams({ file_name: `${title}.txt`, folder_id: folderId, title })
  const { id } = await get<{ id: string }>(page, `/api/files/properties/${propertyId}/documents?${query}`, {
    method: 'POST',
    body: title,
    headers: { 'X-Content-SHA256': createHash('sha256').update(title).digest('hex') },
  })
  return { id, title, propertyId, folderId }
}

/** A records officer files a document and wishes that it be removed. Answers its title. */
export async function askForRemoval(visitor: Visitor): Promise<string> {
  const records = await visitor.another()
  await records.signIn('records')
  const { id, title } = await fileDocument(records, {
    title: `Filed twice ${visitor.width} ${Date.now()}`,
    folder: 'general_correspondence',
    address: '103 williwa',
  })
  await get(records.page, `/api/files/documents/${id}/removals`, {
    method: 'POST',
    body: { reason: 'The same letter is filed twice.' },
  })
  return title
}

export interface ChosenFile {
  name: string
  mimeType: string
  buffer: Buffer
}

/** A small file; its content is its name unless another is given. */
export const textFile = (name: string, content = name): ChosenFile => ({
  name,
  mimeType: 'text/plain',
  buffer: Buffer.from(content),
})

/** Choose files where they are dropped; `nth` is the area, should the page have several. */
export async function choose(page: Page, files: ChosenFile[], { nth = 0 } = {}): Promise<void> {
  const inputs = page.locator('input[type=file][multiple]')
  // The list of what remains stands under the area of the folder.
  await inputs.nth(nth).setInputFiles(files)
}

export async function waitForStored(page: Page, count: number): Promise<void> {
  await page
    .getByRole('status')
    .filter({ hasText: new RegExp(`^${String(count)} stored$`) })
    .waitFor({ timeout: 60_000 })
}

/** The link to documents in the mail that an owner got. */
export async function linkMailedTo(page: Page, address: string): Promise<string> {
  const row = page.locator('tr, li', { hasText: address }).first()
  for (let waited = 0; waited < 60; waited += 1) {
    await page.goto('/dev/mail')
    if ((await row.count()) > 0) break
    await page.waitForTimeout(1000)
  }
  await row.getByRole('link').first().click()
  await page.getByText('/files/customer/shared#token=', { exact: false }).first().waitFor()
  const text = await page.locator('body').innerText()
  return /https?:\S+\/files\/customer\/shared#token=[\w-]+/.exec(text)?.[0] ?? ''
}

/** Somebody asks to remove a document and an administrator approves it. */
export async function isolate(visitor: Visitor, asks: Visitor, documentId: string): Promise<void> {
  const { id } = await get<{ id: string }>(asks.page, `/api/files/documents/${documentId}/removals`, {
    method: 'POST',
    body: { reason: 'It was sent by mistake.' },
  })
  const admin = await visitor.another()
  await admin.signIn('admin')
  await get(admin.page, `/api/files/removals/${id}/decide`, {
    method: 'POST',
    body: { approve: true, note: '' },
  })
}
