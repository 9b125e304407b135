import { expect } from 'vitest'
import type { Page } from 'playwright-core'
import { journey, type Visitor } from './browser.ts'
import { askForRemoval } from './file-steps.ts'

/** Make a team for a while: the queue then shows its part. */
async function shareQueue(visitor: Visitor): Promise<void> {
  const { page, width } = visitor
  const name = `Rates ${width}`
  await page.goto('/certificates/settings/teams')
  await page.getByRole('button', { name: 'Add a team' }).click()
  const form = page.getByRole('form', { name: 'New team' })
  await form.getByLabel('Name').fill(name)
  await form.getByText('603 certificate', { exact: true }).click()
  await form.getByText('Priya Nair').click()
  await form.getByRole('button', { name: 'Add team' }).click()
  await page.getByRole('heading', { name }).waitFor()
  await visitor.look('settings-teams')
  await page.goto('/certificates/staff?view=all_open')
  await page.getByText(/^Planning team/).waitFor()
  if (width > 1000) await page.getByLabel('Team').selectOption({ label: name })
  else await page.goto(`/certificates/staff?view=all_open&team=${await teamNamed(page, name)}`)
  await page
    .getByText(new RegExp(`^${name}`))
    .first()
    .waitFor()
  await visitor.look('queue-of-team')
  await page.goto('/certificates/settings/teams')
  await page.getByRole('button', { name: `Remove ${name}` }).click()
  await expect.poll(() => page.getByRole('heading', { name }).count()).toBe(0)
}

async function teamNamed(page: Page, wanted: string): Promise<string> {
  const answer = await page.request.get('/api/certificates/teams')
  const { teams } = (await answer.json()) as { teams: { id: string; name: string }[] }
  return teams.find(({ name }) => name === wanted)?.id ?? ''
}

/** Restrict a folder of every file, add a retention class, and decide the removal that somebody asked for. */
async function keepFiles(visitor: Visitor): Promise<void> {
  const { page, width } = visitor
  const title = await askForRemoval(visitor)
  await page.goto('/files/settings/folders')
  await page.getByRole('button', { name: 'Add a folder' }).click()
  const folder = page.getByRole('form', { name: 'New folder' })
  await folder.getByLabel('Name').fill(`Health ${width}`)
  await folder.getByText('Restricted', { exact: true }).click()
  await visitor.look('settings-files-folder')
  await folder.getByRole('button', { name: 'Add folder' }).click()
  await page.getByRole('button', { name: `Change Health ${width}` }).click()
  await page.getByRole('button', { name: `Archive Health ${width}` }).click()
  await page.getByRole('button', { name: `Open Health ${width} again` }).waitFor()
  await visitor.look('settings-files-folders')

  await page.goto('/files/settings/retention')
  await page.getByRole('button', { name: 'Add a class' }).click()
  const kept = page.getByRole('form', { name: 'New class' })
  await kept.getByLabel('Code').fill(`1.${width}`)
  await kept.getByLabel('Title').fill(`Correspondence of ${width}`)
  await kept.getByLabel('Years to keep').fill('7')
  await kept.getByLabel('What the authority says').fill('Keep 7 years, then destroy')
  await visitor.look('settings-files-class')
  await kept.getByRole('button', { name: 'Add class' }).click()
  await page.getByText(`Correspondence of ${width}`).waitFor()
  await visitor.look('settings-files-retention')

  await page.goto('/files/settings/removals')
  await visitor.look('settings-files-removals')
  await page.getByRole('button', { name: `Approve removal of ${title}` }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Approve removal' }).click()
  await expect.poll(() => page.getByText(title).count()).toBe(0)
  await page.getByRole('link', { name: 'In isolation' }).click()
  await page.getByText(title).waitFor()
  await visitor.look('settings-files-isolated')
}

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

    await page.goto('/certificates/settings/templates')
    await page.getByRole('link', { name: 'Outstanding orders' }).click()
    await page.getByLabel('Text of the certificate').fill('Certified.\n#nothing')
    await page.getByRole('button', { name: 'Save and check' }).click()
    await page.getByRole('button', { name: 'Line 2, column 2' }).waitFor()
    await visitor.look('settings-template-mistake')
    await page.getByLabel('Text of the certificate').fill(`Certified ${width}.\n\n#sections()\n`)
    await page.getByRole('button', { name: 'Save and check' }).click()
    await page.getByText('It prints').waitFor()
    await page.getByText(/^Page 1 of/).waitFor()
    await visitor.look('settings-template')
    await page.getByLabel('Why it changes').fill('A plainer first sentence.')
    await page.getByRole('button', { name: /^Publish version/ }).click()
    await page.getByText(/is in force since/).waitFor()
    await page.getByRole('link', { name: 'Versions' }).click()
    await page.getByText('A plainer first sentence.').first().waitFor()
    await visitor.look('settings-template-versions')
    await page.getByRole('link', { name: 'Compare' }).click()
    await page.getByText(`Certified ${width}.`).first().waitFor()
    await visitor.look('settings-template-compare')

    await shareQueue(visitor)
    await keepFiles(visitor)

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
