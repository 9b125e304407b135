// What the journeys about certificates do on their way.
import { expect } from 'vitest'
import type { Page } from 'playwright-core'
import type { Visitor } from './browser.ts'
import { chooseProperty, fillBasket, orderNumber, payByCard, reloadUntil } from './steps.ts'

const PASSWORD = 'a long enough sentence'

/** A customer with an account of their own, signed in: nobody else's orders stand in their history. */
export interface Customer {
  name: string
  email: string
}

/** Make an account, confirm its address by the link in the mail, and sign in. */
export async function newCustomer(visitor: Visitor, name: string, mailbox: string): Promise<Customer> {
  const { page, width } = visitor
  const email = `${mailbox}-${String(width)}-${String(Date.now())}@example.org`
  await page.goto('/auth/customer/register')
  await page.getByLabel('Your name').fill(name)
  await page.getByLabel('Email').fill(email)
  await page.getByLabel('Password', { exact: true }).fill(PASSWORD)
  await page.getByRole('button', { name: 'Make an account' }).click()
  await page.getByText(`We have emailed ${email}`).waitFor()
  const mail = await mailTo(page, email)
  await page.goto(/https?:[^"'<\s]*\/auth\/customer\/verify#token=[\w-]+/.exec(mail)?.[0] ?? '')
  await page.getByText(`${email} is confirmed`).waitFor()
  await page.goto('/auth/customer/sign-in')
  await page.getByLabel('Email').fill(email)
  await page.getByLabel('Password', { exact: true }).fill(PASSWORD)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await page.waitForURL((url) => !url.pathname.includes('sign-in'))
  return { name, email }
}

/** The newest mail to an address, as its page shows it. */
async function mailTo(page: Page, email: string): Promise<string> {
  let found = ''
  await expect
    .poll(
      async () => {
        const list = await (await page.request.get('/dev/mail')).text()
        const row = list.split('<tr>').find((each) => each.includes(email))
        const href = /href="(\/dev\/mail\/[^"]+)"/.exec(row ?? '')?.[1]
        if (href) found = await (await page.request.get(href)).text()
        return found
      },
      { timeout: 60_000, interval: 1000 },
    )
    .not.toBe('')
  return found
}

/** Put one certificate into the basket of somebody with an account, as far as the review. */
export async function choose(
  { page }: Visitor,
  customer: Customer,
  { address, product, matter = '' }: { address: string; product: RegExp; matter?: string },
): Promise<void> {
  await page.goto('/')
  await chooseProperty(page, address)
  await page.waitForURL(/customer\/order\//)
  await page.locator('li label', { hasText: product }).first().click()
  await page.getByRole('link', { name: 'Continue to your details' }).click()
  await page.getByLabel('Name').fill(customer.name)
  await page.getByLabel('Email').fill(customer.email)
  await page.getByLabel('Matter number').fill(matter)
  await page.getByRole('button', { name: 'Continue to review' }).click()
  await page.waitForURL(/review/)
  if (matter) await page.getByText(matter).waitFor()
}

/** Place what is in the basket and leave the payment page without paying. */
export async function placeUnpaid(page: Page): Promise<void> {
  await page.getByRole('button', { name: /^Pay \$/ }).click()
  await page.waitForURL(/\/pay\//)
  await page.getByRole('button', { name: /^Pay \$/ }).waitFor()
}

/** A guest orders and pays one certificate; answers the order's number. */
export async function buyAsGuest(visitor: Visitor, address: string, product: RegExp): Promise<string> {
  await fillBasket(visitor, {
    address,
    product,
    name: 'Ingrid Solberg',
    email: `ingrid-${String(visitor.width)}-${String(Date.now())}@example.org`,
  })
  await payByCard(visitor.page)
  return orderNumber(visitor.page)
}

/** The certificate of an order, opened from the queue. */
export async function openLine(staff: Visitor, number: string): Promise<void> {
  const { page } = staff
  await page.goto(`/certificates/staff?view=all_open&q=${number}`)
  const line = page.getByRole('main').getByRole('link', { name: /St/i }).first()
  await reloadUntil(page, line)
  await line.click()
  await page.waitForURL(/staff\/lines\//)
  // The address changes before the certificate has come.
  await page.getByRole('link', { name: `Order ${number}` }).waitFor()
}

/** A certificate of the queue, taken by the officer, with what it says on the page. */
export async function takeLine(staff: Visitor, number: string): Promise<void> {
  await openLine(staff, number)
  await staff.page.getByRole('button', { name: 'Take it' }).click()
  await staff.page.getByText('When you issue').waitFor()
}

/** Change settings of certificates for a while: what is typed, chosen or ticked, by its label. */
export async function changeSettings(
  admin: Visitor,
  {
    typed = {},
    chosen = {},
    ticked = {},
  }: {
    typed?: Record<string, string>
    chosen?: Record<string, string>
    ticked?: Record<string, boolean>
  },
): Promise<void> {
  const { page } = admin
  await page.goto('/organisations/settings/modules/certificates')
  for (const [label, text] of Object.entries(typed)) await page.getByLabel(label).fill(text)
  for (const [label, value] of Object.entries(chosen)) await page.getByLabel(label).selectOption(value)
  for (const [label, is] of Object.entries(ticked))
    await page.getByLabel(label).setChecked(is, { force: true })
  await page.getByRole('button', { name: 'Save settings' }).click()
  await page.getByText(/^Saved /).waitFor()
}

/** What an administrator's own program does: send something to the API as who is signed in; answers what came of it. */
async function send(admin: Visitor, method: string, path: string, body?: object): Promise<unknown> {
  const { page } = admin
  const cookies = await admin.context.cookies()
  const answer = await page.request.fetch(path, {
    method,
    headers: {
      Origin: new URL(page.url()).origin,
      'X-CSRF-Token': cookies.find(({ name }) => name === 'banksia_csrf')?.value ?? '',
    },
    ...(body ? { data: body } : {}),
  })
  expect(answer.ok(), `${path}: ${await answer.text()}`).toBe(true)
  return answer.json()
}

const PRODUCTS = '/api/certificates/products'
const fee = (valid_from_on: string, fee_cents: number) => ({
  valid_from_on,
  fee_cents,
  gst_treatment: 'exempt',
  gl_code: '1200-4020',
})

/** A certificate that only this journey sells, so that what happens to it troubles no other. */
export async function addProduct(
  admin: Visitor,
  { fee_cents }: { fee_cents: number },
): Promise<{ code: string; title: string }> {
  const code = `tree-${String(admin.width)}-${String(Date.now())}`
  const title = `Tree certificate ${code.slice(5)}`
  const product = { code, title, short_title: title, number_prefix: 'TR', fee: fee('2026-01-01', fee_cents) }
  await send(admin, 'POST', PRODUCTS, product)
  return { code, title }
}

/** Let another fee hold from today, as the council counts days. */
export async function addFeeFromToday(admin: Visitor, code: string, fee_cents: number): Promise<void> {
  const today = new Intl.DateTimeFormat('en-CA', { timeZone: 'Australia/Sydney' }).format(new Date())
  await send(admin, 'POST', `${PRODUCTS}/${code}/fees`, fee(today, fee_cents))
}

/** Sell it no more. */
export async function retireProduct(admin: Visitor, code: string): Promise<void> {
  const { products } = (await send(admin, 'GET', PRODUCTS)) as { products: { code: string; fees: unknown }[] }
  const found = products.find((each) => each.code === code)
  const kept = Object.entries(found ?? {}).filter(([name]) => name !== 'code' && name !== 'fees')
  await send(admin, 'PUT', `${PRODUCTS}/${code}`, { ...Object.fromEntries(kept), is_offered: false })
}
