import { expect } from 'vitest'
import { journey, Visitor } from './browser.ts'

/** Somebody else at a browser of their own, at the same council. */
async function another(visitor: Visitor, mailbox: string): Promise<Visitor> {
  const context = await visitor.context.browser()!.newContext({
    baseURL: new URL(visitor.page.url()).origin,
    viewport: { width: visitor.width, height: 900 },
  })
  const person = new Visitor(await context.newPage(), context, visitor.width)
  await person.signIn(mailbox)
  return person
}

/** Find a property by its address and open it. */
async function openProperty({ page }: Visitor, address: string): Promise<void> {
  await page.goto('/property/staff')
  const main = page.getByRole('main')
  await main.getByLabel('Find a property').fill(address)
  await main.getByRole('button', { name: 'Find property' }).click()
  await main
    .getByRole('link', { name: new RegExp(`^${address}`, 'i') })
    .first()
    .click()
  await page.getByRole('row', { name: /^Zone/ }).waitFor()
  await page.getByText(/lots? nearby/).waitFor()
}

/** A day as the calendar takes it, `12/03/2018`; the calendar comes after the page stands. */
async function enterDay({ page }: Visitor, label: RegExp, day: string): Promise<void> {
  const field = page.locator('input:enabled').and(page.getByLabel(label))
  await field.waitFor()
  await field.fill(day)
}

journey('Staff find a property, record what council knows and see where it lies', async (visitor) => {
  const { page, width } = visitor
  await visitor.signIn('admin')
  await page.goto(`/property/staff?q=${width > 1000 ? '61' : '63'}+wiliwa`)
  await page
    .getByText(/spelt a little differently/)
    .first()
    .waitFor()
  await visitor.look('property-find')
  await openProperty(visitor, `${width > 1000 ? '61' : '63'} williwa st`)
  await visitor.look('property')

  await page.getByRole('button', { name: 'Show unknown ones too' }).click()
  await page.getByRole('button', { name: /^Record Minimum lot size/ }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('button', { name: 'Record minimum lot size' }).click()
  await dialog.getByText('Check 2 answers').waitFor()
  await visitor.look('property-attribute')
  await dialog.getByLabel('Minimum lot size', { exact: true }).fill('4,000 m²')
  await dialog.getByLabel('Source').fill('Lithgow LEP 2014')
  await dialog.getByRole('button', { name: 'Record minimum lot size' }).click()
  await page.getByRole('row', { name: /^Minimum lot size 4,000 m²/ }).waitFor()

  await page.getByRole('link', { name: 'Map and neighbours' }).click()
  await page.locator('[data-ready]').waitFor()
  const neighbour = page.getByRole('list').getByRole('link', { name: /^Lot / }).first()
  await neighbour.focus()
  await page.locator('li[aria-current=true]').getByRole('link', { name: /^Lot / }).waitFor()
  await visitor.look('property-map')

  await page.getByRole('link', { name: 'History' }).click()
  await page.getByText('4,000 m²').first().waitFor()
  await visitor.look('property-history')
  await page.getByRole('button', { name: 'As at today' }).click()
  await enterDay(visitor, /^Day/, '12/03/2018')
  await visitor.look('property-choose-day')
  await page.getByRole('button', { name: 'Show this day' }).click()
  await page.getByText('As at 12 March 2018').first().waitFor()
  expect(new URL(page.url()).searchParams.get('as_at')).toBe('2018-03-12')
  await visitor.look('property-as-at')
  await page.getByRole('link', { name: 'Back to today' }).click()
  await page.getByText('As at 12 March 2018').waitFor({ state: 'detached' })

  await page.getByRole('link', { name: 'Owners' }).click()
  await page.getByText(/recorded in the audit log/).waitFor()
  await visitor.look('property-owners')
})

journey('An officer proposes a correction and another approves it', async (visitor) => {
  const { page, width } = visitor
  const area = 610 + (Date.now() % 80)
  await visitor.signIn('officer')
  await openProperty(visitor, `${width > 1000 ? '65' : '67'} williwa st`)
  await page.getByRole('link', { name: 'Propose a correction' }).click()
  await page.getByRole('button', { name: 'Propose correction' }).click()
  await page.getByText(/^Check \d answers/).waitFor()
  await visitor.look('correction')
  const what = await page.getByRole('option', { name: /^Area of / }).innerText()
  await page.getByLabel('What is wrong').selectOption(what)
  await page.getByLabel('It should say').fill(String(area))
  await page.getByLabel('How you know').fill('Measured on the deposited plan.')
  await page.getByRole('button', { name: 'Propose correction' }).click()
  await page.getByText('Measured on the deposited plan.').waitFor()
  expect(await page.getByRole('button', { name: 'Approve' }).count()).toBe(0)
  await visitor.look('correction-proposed')

  const decider = await another(visitor, 'records')
  await decider.page.goto(page.url())
  await decider.page.getByRole('button', { name: 'Approve' }).click()
  await decider.look('correction-approve')
  await decider.page.getByRole('button', { name: 'Approve correction' }).click()
  await decider.page.getByText('No correction awaits a decision.').waitFor()
  await decider.page.getByRole('link', { name: 'Approved' }).click()
  await decider.page.getByText('Imports keep to it').waitFor()
  await decider.look('corrections-approved')
  await decider.context.close()

  await openProperty(visitor, `${width > 1000 ? '65' : '67'} williwa st`)
  await page.getByText(`${area} m²`).first().waitFor()
})

journey('A records officer records a subdivision and takes it back', async (visitor) => {
  const { page, width } = visitor
  const [address, plan] = width > 1000 ? ['69 williwa st', 'DP 1399001'] : ['75 williwa st', 'DP 1399002']
  await visitor.signIn('records')
  await openProperty(visitor, address)
  const old = page.url()
  await page.getByRole('link', { name: 'Record a subdivision' }).click()
  await page.getByRole('button', { name: 'Check what will happen' }).click()
  await page.getByText(/^Check \d answers/).waitFor()
  await visitor.look('lineage-form')
  await page.getByLabel('Plan', { exact: true }).fill(plan)
  await enterDay(visitor, /^Day it was registered/, '02/03/2026')
  await page.getByLabel('Source').fill('NSW Land Registry Services')
  await page.getByLabel('Lot 1', { exact: true }).fill('1')
  await page.getByLabel('Area in m² (optional)').first().fill('300')
  await page.getByLabel('Lot 2', { exact: true }).fill('2')
  await page.getByLabel('Area in m² (optional)').nth(1).fill('300')
  await page.getByRole('button', { name: 'Check what will happen' }).click()
  await page.getByText('When you record').waitFor()
  await visitor.look('lineage-review')
  await page.getByRole('button', { name: 'Record subdivision' }).click()
  await page.getByText(/no longer exists/).waitFor()
  await page.getByText('Subdivision', { exact: true }).first().waitFor()
  await visitor.look('property-historic')

  await page
    .getByRole('link', { name: new RegExp(`Lot 1 ${plan}`) })
    .first()
    .click()
  await page.getByText(/by subdivision/).waitFor()
  await visitor.look('property-made')

  await page.goto(`${old}/history`)
  await page.getByRole('button', { name: 'Take this subdivision back' }).click()
  await visitor.look('lineage-undo')
  await page.getByRole('button', { name: 'Take the subdivision back' }).click()
  await page.getByText('Historic', { exact: true }).waitFor({ state: 'detached' })
})
