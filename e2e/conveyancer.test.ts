import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { readFile } from 'node:fs/promises'
import type { Download, Page } from 'playwright-core'
import { expect } from 'vitest'
import { journey, type Visitor } from './browser.ts'
import { changeSettings, choose, newCustomer, placeUnpaid } from './certificate-steps.ts'
import { orderNumber, payByCard, reloadUntil } from './steps.ts'

const RATES = /^603 certificate$/
const PLANNING = /^Planning certificate 10\.7\(2\)$/

/** What a button or a link brings down. */
async function downloaded(page: Page, press: () => Promise<void>): Promise<Download> {
  const download = page.waitForEvent('download')
  await press()
  return download
}

/** Drop a certificate on the page that checks it, as it was issued and with one letter more. */
async function dropOnVerification({ page }: Visitor, pdf: Buffer): Promise<void> {
  await page.goto('/certificates/customer/verify')
  const drop = async (bytes: Buffer) => {
    const dropped = await page.evaluateHandle((encoded) => {
      const transfer = new DataTransfer()
      const content = Uint8Array.from(atob(encoded), (letter) => letter.charCodeAt(0))
      transfer.items.add(new File([content], 'Certificate.pdf', { type: 'application/pdf' }))
      return transfer
    }, bytes.toString('base64'))
    await page.getByText('Drop a file here, or').dispatchEvent('drop', { dataTransfer: dropped })
  }
  await drop(pdf)
  await page.getByText(/ issued this certificate$/).waitFor()
  await drop(Buffer.concat([pdf, Buffer.from(' ')]))
  await page.getByText('This file is not a certificate as council issued it').waitFor()
}

journey(
  'A conveyancer takes down one certificate and the zip of all, and is warned of a second time',
  async (visitor) => {
    const { page, width } = visitor
    const wide = width > 1000
    const matter = `26-${String(width)} Solberg`
    const conveyancer = await newCustomer(visitor, 'Astrid Solberg', 'astrid')
    // Council knows every answer for these, so that they are issued without an officer.
    const first = wide ? '112 hassans walls rd' : '116 hassans walls rd'
    await choose(visitor, conveyancer, { address: first, product: RATES })
    await choose(visitor, conveyancer, {
      address: wide ? '118 hassans walls rd' : '120 hassans walls rd',
      product: RATES,
      matter,
    })
    await payByCard(page)
    const number = await orderNumber(page)
    await page.getByText('2 of 2 ready').waitFor({ timeout: 60_000 })
    await visitor.look('order-two-ready')

    const one = await downloaded(page, () =>
      page
        .getByRole('button', { name: /^Download PDF of certificate/ })
        .first()
        .click(),
    )
    expect(one.suggestedFilename()).toMatch(/Solberg.*\.pdf$/)
    expect((await readFile(await one.path())).subarray(0, 5).toString()).toBe('%PDF-')
    const zip = await downloaded(page, () => page.getByRole('button', { name: 'Download all (zip)' }).click())
    expect(zip.suggestedFilename()).toBe(`${number}.zip`)
    const names = (await readFile(await zip.path())).toString('latin1')
    expect(names.match(/Solberg[^/]*?\.pdf/g)?.length).toBeGreaterThanOrEqual(2)

    await dropOnVerification(visitor, await readFile(await one.path()))

    await choose(visitor, conveyancer, { address: first, product: RATES })
    const warning = page.getByText(/ may be a second time$/)
    await warning.waitFor()
    await page.getByText('Order it again only if you need a new one.').waitFor()
    expect(await page.getByRole('link', { name: number }).count()).toBe(1)
    await visitor.look('review-ordered-lately')
    await page
      .getByRole('button', { name: /^Remove 603 certificate for Lot/ })
      .first()
      .click()
    await page.getByText('Nothing is chosen yet.').waitFor()
  },
)

/** Search the history and wait until it shows these orders of two and no other. */
async function finds(page: Page, text: string, shown: string, hidden: string): Promise<void> {
  await page.getByLabel('Find an order').fill(text)
  await page.getByRole('button', { name: 'Find order' }).click()
  await expect.poll(() => page.getByText(hidden).count()).toBe(0)
  await page.getByText(shown).first().waitFor()
}

journey(
  'A conveyancer finds orders by address, lot, matter, day and state, and takes the list out',
  async (visitor) => {
    const { page, width } = visitor
    const conveyancer = await newCustomer(visitor, 'Bruno Castellano', 'bruno')
    const [north, south] = [`CAS ${String(width)}-1`, `CAS ${String(width)}-2`]
    await choose(visitor, conveyancer, { address: '61 williwa st', product: PLANNING, matter: north })
    await placeUnpaid(page)
    await choose(visitor, conveyancer, { address: '63 williwa st', product: RATES, matter: south })
    const lot = (
      await page
        .getByText(/^Lot .* DP \d+/)
        .first()
        .innerText()
    ).trim()
    await placeUnpaid(page)

    await page.goto('/certificates/customer/orders')
    await page.getByText('2 orders').waitFor()
    await finds(page, '61 Williwa', north, south)
    await finds(page, lot, south, north)
    await finds(page, north, north, south)
    await visitor.look('orders-found')
    await finds(page, '', south, 'No order matches')

    await page.getByText('63 Williwa Street').first().click()
    await page.getByRole('button', { name: 'Cancel this order' }).click()
    await page.getByText('Cancelled').first().waitFor()
    await page.goto('/certificates/customer/orders')
    const states = page.getByRole('navigation', { name: 'Orders' })
    await states.getByRole('link', { name: 'Cancelled' }).click()
    await page.getByText(south).waitFor()
    expect(await page.getByText(north).count()).toBe(0)
    await states.getByRole('link', { name: 'In progress' }).click()
    await page.getByText(north).waitFor()
    await expect.poll(() => page.getByText(south).count()).toBe(0)

    await page.getByLabel('Placed from').fill('2026-01-01')
    await page.getByLabel('Placed to').fill('2026-01-31')
    await page.getByText('No order matches.').waitFor()
    await visitor.look('orders-none-found')
    await page.getByLabel('Placed to').fill('2099-12-31')
    await page.getByText(north).waitFor()
    const list = await downloaded(page, () =>
      page.getByRole('link', { name: 'Download this list for a spreadsheet (CSV)' }).click(),
    )
    expect(list.suggestedFilename()).toBe('Orders.csv')
    const rows = await readFile(await list.path(), 'utf8')
    expect(rows).toContain(north)
    expect(rows).not.toContain(south)
  },
)

const CANCEL_UNTIL = 'Until when customers may cancel a paid order themselves'
const FEE_KEPT = 'Handling fee kept when a paid order is cancelled'
const UPGRADES = 'Customers may upgrade a paid certificate until council starts work on it'

/** Let customers upgrade, and cancel until work starts for a handling fee; do it, and put both back. */
async function whileCustomersMayChange(visitor: Visitor, walk: () => Promise<void>): Promise<void> {
  const admin = await visitor.another()
  await admin.signIn('admin')
  await changeSettings(admin, {
    typed: { [FEE_KEPT]: '20.00' },
    chosen: { [CANCEL_UNTIL]: 'work_starts' },
    ticked: { [UPGRADES]: true },
  })
  await admin.look('settings-certificates')
  try {
    await walk()
  } finally {
    await changeSettings(admin, {
      typed: { [FEE_KEPT]: '0.00' },
      chosen: { [CANCEL_UNTIL]: 'never' },
      ticked: { [UPGRADES]: false },
    })
  }
}

journey(
  'A conveyancer pays the difference for an urgent certificate, and cancels it for a refund',
  async (visitor) => {
    const { page, width } = visitor
    await whileCustomersMayChange(visitor, async () => {
      const conveyancer = await newCustomer(visitor, 'Chidi Okonkwo', 'chidi')
      await choose(visitor, conveyancer, {
        address: width > 1000 ? '85 williwa st' : '87 williwa st',
        product: PLANNING,
      })
      await payByCard(page)
      await page.getByRole('heading', { name: 'Need more, or sooner?' }).waitFor()
      await visitor.look('order-upgrades')
      await page
        .getByRole('button', { name: 'Pay $60.00 more for Planning certificate 10.7(2), urgent' })
        .click()
      await page.waitForURL(/\/pay\//)
      await page.getByRole('button', { name: 'Pay $60.00' }).click()
      await page.waitForURL(/customer\/orders\//)
      await page.getByRole('main').getByText('Urgent', { exact: true }).waitFor({ timeout: 60_000 })
      await visitor.look('order-upgraded')

      await page.getByRole('button', { name: 'Cancel this order' }).click()
      await page.getByText('$109.00 comes back to you. Council keeps $20.00 for its handling.').waitFor()
      await visitor.look('order-cancel')
      await page.getByRole('button', { name: 'Keep the order' }).click()
      await page.getByRole('button', { name: 'Cancel this order' }).click()
      await page.getByRole('button', { name: 'Cancel and get $109.00 back' }).click()
      await page.getByText('Order cancelled').waitFor()
      // The difference and the order were paid by themselves, and each goes back by itself.
      await reloadUntil(page, page.getByText('Part refunded'))
      await page.getByText('$49.00').waitFor()
      expect(await page.getByText(/^Refunded, /).count()).toBe(2)
      await visitor.look('order-cancelled')
    })
  },
)

journey('A conveyancer pays the difference for a certificate that contains the first', async (visitor) => {
  const { page, width } = visitor
  await whileCustomersMayChange(visitor, async () => {
    const conveyancer = await newCustomer(visitor, 'Gita Rao', 'gita')
    await choose(visitor, conveyancer, {
      address: width > 1000 ? '89 williwa st' : '91 williwa st',
      product: PLANNING,
    })
    await payByCard(page)
    await page
      .getByRole('button', { name: 'Pay $105.00 more for Planning certificate 10.7(2) and (5)' })
      .click()
    await page.waitForURL(/\/pay\//)
    await page.getByRole('button', { name: 'Pay $105.00' }).click()
    await page.waitForURL(/customer\/orders\//)
    await page
      .getByText(/became Planning certificate 10\.7\(2\) and \(5\)/)
      .first()
      .waitFor({ timeout: 60_000 })
    await page.getByText('$174.00').first().waitFor()
    await visitor.look('order-upgraded-to-both')
    // What comes back is said once, and nothing beside it says otherwise.
    await page.getByRole('button', { name: 'Cancel this order' }).click()
    await page.getByText('$154.00 comes back to you.').waitFor()
    expect(await page.getByText(/does not refund/).count()).toBe(0)
  })
})

journey('A colleague is invited into a firm, joins, orders for it, and is removed', async (visitor) => {
  const { page, width } = visitor
  const colleague = await visitor.another()
  const joining = await newCustomer(colleague, 'Hana Sato', 'hana')
  const owner = await newCustomer(visitor, 'Ivo Marin', 'ivo')
  const firm = `Marin Lawyers ${String(width)}`
  await page.goto('/auth/customer/firms')
  await page.getByRole('link', { name: 'Add a firm' }).click()
  await page.getByLabel('Firm’s name').fill(firm)
  await page.getByRole('button', { name: 'Add firm' }).click()
  await page.getByRole('heading', { name: firm }).waitFor()
  const firmAt = page.url()
  await page.getByRole('form', { name: 'Invite a person' }).getByLabel('Email').fill(joining.email)
  await page.getByRole('button', { name: 'Send invitation' }).click()
  await page.getByRole('button', { name: `Send again to ${joining.email}` }).waitFor()

  await colleague.page.goto('/auth/customer/firms')
  await colleague.page.getByRole('button', { name: `Join ${firm}` }).click()
  await colleague.page.getByRole('link', { name: firm }).waitFor()
  const bought = { address: width > 1000 ? '33 williwa st' : '95 williwa st', product: PLANNING }
  await choose(colleague, joining, bought)
  await colleague.page.getByRole('term').filter({ hasText: 'Ordered for' }).waitFor()
  await payByCard(colleague.page)
  const number = await orderNumber(colleague.page)
  const order = colleague.page.url()

  await page.goto('/certificates/customer/orders')
  await page.getByText(number).first().waitFor()
  await reloadUntil(page, page.getByText('Being prepared').first())
  await page
    .getByText(/0 of 1 ready, due by /)
    .first()
    .waitFor()
  await visitor.look('orders-of-colleague')
  await choose(visitor, owner, bought)
  await page.getByText('Hana Sato ordered this').first().waitFor()

  await page.goto(firmAt)
  await page.getByRole('button', { name: 'Change Hana Sato' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Remove Hana Sato' }).click()
  await page.getByText('1 in the firm').waitFor()
  await colleague.page.goto('/certificates/customer/orders')
  await colleague.page.getByText('You have no orders here.').waitFor()
  await colleague.page.goto(order)
  await colleague.page.getByText('The order could not be opened').waitFor()
})

journey('A conveyancer’s program lists the orders with a token until it is revoked', async (visitor) => {
  const { page, width } = visitor
  const conveyancer = await newCustomer(visitor, 'Dana Levi', 'dana')
  await choose(visitor, conveyancer, { address: '65 williwa st', product: PLANNING, matter: 'API 1' })
  await placeUnpaid(page)

  const name = `Practice software ${String(width)}`
  await page.goto('/auth/customer/tokens')
  await page.getByRole('link', { name: 'Make a token' }).click()
  await page.getByRole('button', { name: 'Make token' }).click()
  await page.getByText('Choose at least one thing that it may do.').first().waitFor()
  await page.getByLabel('What it is for').fill(name)
  await page.getByText('Read your orders and the messages about them').click()
  await visitor.look('token-new')
  await page.getByRole('button', { name: 'Make token' }).click()
  await page.getByText('Copy the token now').waitFor()
  const token = (await page.getByRole('main').locator('code').first().innerText()).trim()
  await visitor.look('token-made')

  const orders = new URL('/api/certificates/orders', page.url())
  const ask = (method: string) => fetch(orders, { method, headers: { Authorization: `Bearer ${token}` } })
  const listed = await ask('GET')
  expect(listed.status).toBe(200)
  const { results } = (await listed.json()) as { results: { reference: string }[] }
  expect(results.map(({ reference }) => reference)).toEqual(['API 1'])
  // It may read, and was not allowed to order.
  expect((await ask('POST')).status).toBe(403)

  await page.goto('/auth/customer/tokens')
  await page.getByText(/^Read your orders and the messages about them\./).waitFor()
  await page.getByText(/Last used /).waitFor()
  await visitor.look('tokens')
  await page.getByRole('button', { name: `Revoke ${name}` }).click()
  await page.getByText('You have no tokens.').waitFor()
  expect((await ask('GET')).status).toBe(401)
})

journey('A conveyancer’s program places an order once, however often it sends it', async (visitor) => {
  const { page, width } = visitor
  await newCustomer(visitor, 'Jonas Weber', 'jonas')
  await page.goto('/auth/customer/tokens')
  await page.getByRole('link', { name: 'Make a token' }).click()
  await page.getByLabel('What it is for').fill(`Ordering ${String(width)}`)
  for (const box of await page.getByRole('checkbox').all()) await box.press('Space')
  await page.getByRole('button', { name: 'Make token' }).click()
  await page.getByText('Copy the token now').waitFor()
  const token = (await page.getByRole('main').locator('code').first().innerText()).trim()

  const ask = async (path: string, body?: object, key = '') => {
    const answer = await fetch(new URL(path, page.url()), {
      method: body ? 'POST' : 'GET',
      headers: {
        Authorization: `Bearer ${token}`,
        'Content-Type': 'application/json',
        ...(key ? { 'Idempotency-Key': key } : {}),
      },
      body: body ? JSON.stringify(body) : null,
    })
    return { status: answer.status, told: (await answer.json()) as Record<string, unknown> }
  }
  const found = await ask('/api/property/search?q=31%20williwa%20st')
  const [match] = found.told.results as { id: string }[]
  const property = await ask(`/api/property/properties/${match?.id ?? ''}`)
  const [parcel] = property.told.parcels as { text: string }[]
  const line = { property_id: match?.id, parcel: parcel?.text, product: '603' }
  const body = {
    lines: [line],
    contact: { name: 'Jonas Weber', email: 'jonas@example.org' },
    reference: 'IDEM 1',
  }
  const key = `matter-${String(width)}-${String(Date.now())}`
  const [placed, again] = [
    await ask('/api/certificates/orders', body, key),
    await ask('/api/certificates/orders', body, key),
  ]
  expect([placed.status, again.status]).toEqual([201, 201])
  expect(again.told.id).toBe(placed.told.id)
  const other = await ask('/api/certificates/orders', { ...body, reference: 'IDEM 2' }, key)
  expect(other.status).toBe(409)
  const elsewhere = await ask('/api/certificates/orders', {
    ...body,
    lines: [{ ...line, product: 'building-information' }],
  })
  expect(String(elsewhere.told.detail)).toContain('https://www.planningportal')

  await page.goto('/certificates/customer/orders')
  await page.getByText('1 order shown').waitFor()
  await page.getByText(/IDEM 1/).waitFor()
  await page.getByText(String(placed.told.number)).first().waitFor()
})

/** A customer's server on this machine, which the demo may call; answers what it was sent. */
async function listening(walk: (url: string, told: string[]) => Promise<void>): Promise<void> {
  const told: string[] = []
  const server = createServer((request, answer) => {
    let body = ''
    request.on('data', (chunk: Buffer) => (body += chunk.toString()))
    request.on('end', () => {
      told.push(`${String(request.headers['webhook-signature'])} ${body}`)
      answer.end('Filed under its matter')
    })
  })
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready))
  try {
    await walk(`http://127.0.0.1:${String((server.address() as AddressInfo).port)}/hooks`, told)
  } finally {
    server.close()
  }
}

journey('A conveyancer’s server is told of an order, and its answer is read', async (visitor) => {
  const { page } = visitor
  await listening(async (url, told) => {
    const conveyancer = await newCustomer(visitor, 'Emil Novak', 'emil')
    await page.goto('/webhooks/customer')
    await page.getByRole('link', { name: 'Register a webhook' }).click()
    await page.getByLabel('Address of your server').fill('https://10.0.0.1/hooks')
    await page.getByRole('button', { name: 'Register webhook' }).click()
    await page.getByText('The address must be one on the public internet.').first().waitFor()
    await visitor.look('webhook-refused')
    await page.getByLabel('Address of your server').fill(url)
    await page.getByRole('button', { name: 'Register webhook' }).click()
    await page.getByText('Copy the signing secret now').waitFor()
    await visitor.look('webhook-secret')
    await page.getByRole('link', { name: 'Go to the webhook and send a test' }).click()
    await page.getByRole('button', { name: 'Send a test event' }).click()
    await page.getByText('The test is on its way.').waitFor()
    await page.getByText(/Answered 200 in /).waitFor({ timeout: 60_000 })
    await page.getByText('Message and answer').first().click()
    await page.getByText('Filed under its matter').waitFor()
    await visitor.look('webhook-delivery')
    expect(told).toHaveLength(1)
    expect(told[0]).toMatch(/^v1,\S+ .*"webhooks\.test"/)

    const webhook = page.url()
    await choose(visitor, conveyancer, { address: '67 williwa st', product: PLANNING, matter: 'Hook 1' })
    await placeUnpaid(page)
    await expect.poll(() => told.length, { timeout: 60_000 }).toBe(2)
    expect(told[1]).toContain('"certificates.order.placed"')
    await page.goto(webhook)
    await page.getByText('certificates.order.placed').first().waitFor()
    await page.getByRole('button', { name: 'Remove webhook' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Remove webhook' }).click()
    await page.getByText('You have no webhooks.').waitFor()
  })
})

journey('A lot that no longer exists leads to the lots that it became', async (visitor) => {
  const { page } = visitor
  await page.goto('/')
  await page.getByRole('combobox').fill('1 williwa street portland')
  await page
    .getByRole('option', { name: /historic/ })
    .first()
    .click()
  await page.getByText(/ no longer exists$/).waitFor()
  await page.getByText('It became:').waitFor()
  await visitor.look('historic-lot')
  await page.getByRole('link', { name: 'Lot 1 DP 1299001' }).click()
  await page.getByRole('heading', { name: 'Certificates for this lot' }).waitFor()
  await visitor.look('successor-lot')
})
