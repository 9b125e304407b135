import { expect } from 'vitest'
import { journey } from './browser.ts'

journey(
  'An administrator changes details, colours, fees, people and modules, and reads the log',
  async (visitor) => {
    const { page, width } = visitor
    await visitor.signIn('admin')
    await page.goto('/settings')
    await visitor.look('settings')
    await page.goto('/organisations/settings/details')
    await page.getByLabel('Phone').fill('(02) 5550 0101')
    await page.getByRole('button', { name: 'Save details' }).click()
    await page.getByText(/^Saved /).waitFor()
    await visitor.look('settings-details')

    await page.goto('/organisations/settings/look')
    await page.getByLabel('Links and buttons').fill('#f4e9c8')
    await page.getByRole('button', { name: 'Save colours' }).click()
    await page
      .getByText(/contrast of/)
      .first()
      .waitFor()
    await visitor.look('settings-look')

    await page.goto('/certificates/settings/products')
    await page.getByRole('link', { name: 'Drainage diagram' }).click()
    await page.getByRole('heading', { name: 'New fee' }).waitFor()
    await visitor.look('settings-product')

    await page.goto('/auth/settings/people/new')
    await page.getByLabel('Name').fill('Ana Reyes')
    await page.getByLabel('Email').fill(`ana-${width}-${Date.now()}@bluehills.example`)
    await page.getByText('Certificate officer', { exact: true }).click()
    await page.getByRole('button', { name: 'Send invitation' }).click()
    await page.getByRole('heading', { name: 'Ana Reyes' }).waitFor()
    await visitor.look('settings-person')
    await page.goto('/auth/settings/people')
    await page.getByText('Priya Nair').first().waitFor()
    await visitor.look('settings-people')

    await page.goto('/organisations/settings/modules')
    await page.getByRole('button', { name: /Switch off Property files/ }).click()
    await page.getByRole('button', { name: /Switch on Property files/ }).waitFor()
    await visitor.look('settings-modules')
    await page.getByRole('button', { name: /Switch on Property files/ }).click()
    await page.getByRole('button', { name: /Switch off Property files/ }).waitFor()

    await page.goto('/audit/staff')
    await page.getByRole('button', { name: 'Check it now' }).click()
    await page.getByText(/entries are as they were written/).waitFor()
    await visitor.look('audit-log')
    expect(await page.getByText('Module enabled').count()).toBeGreaterThan(0)
  },
)

journey('Finance sees the ledger, refunds and money to review', async (visitor) => {
  const { page } = visitor
  await visitor.signIn('finance')
  await page.goto('/payments/staff/ledger')
  await page.getByText(/entries shown/).waitFor()
  await visitor.look('ledger')
  await page.goto('/payments/staff/review')
  await page.getByText('All money matches.').waitFor()
  await visitor.look('review-money')
  await page.goto('/payments/staff/refunds')
  await visitor.look('refunds')
  await page.goto('/certificates/settings/products')
  await page
    .getByText(/You do not have access|Ask your administrator/)
    .first()
    .waitFor()
  await visitor.look('no-access')
})
