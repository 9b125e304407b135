// A truth of somebody else's, in Python, beside the built-in ones: switched on, kept, on the map, told to customers.
import { expect } from 'vitest'
import { journey, type Visitor } from './browser.ts'

async function switchTrees({ page }: Visitor, word: 'on' | 'off'): Promise<void> {
  await page.goto('/organisations/settings/modules')
  const wanted = page.getByRole('button', { name: `Switch ${word} Significant trees` })
  const other = page.getByRole('button', {
    name: `Switch ${word === 'on' ? 'off' : 'on'} Significant trees`,
  })
  await wanted.or(other).waitFor()
  if ((await wanted.count()) > 0) await wanted.click()
  await other.waitFor()
  // Every process of the server knows it a moment later.
  const served = async () => (await page.request.get('/modules/trees/page.js')).ok()
  await expect.poll(served).toBe(word === 'on')
  const allowed = async () => {
    const { 'content-security-policy': policy } = (await page.request.get('/staff')).headers()
    return policy?.includes('/modules/trees/')
  }
  await expect.poll(allowed).toBe(word === 'on')
}

journey(
  'The keeper registers trees of a property on its map, ends one, and customers read what is public',
  async (visitor) => {
    const administrator = await visitor.another()
    await administrator.signIn('admin')
    await switchTrees(administrator, 'on')
    try {
      const { page, width } = visitor
      const number = width > 1000 ? '65' : '63'
      await visitor.signIn('records')
      await page.goto('/trees/staff')
      await page.getByLabel('Find a property by address or lot and plan').fill(`${number} williwa st`)
      await page.getByRole('list', { name: 'Properties found' }).getByRole('link').first().click()
      await page
        .getByRole('heading', { level: 1, name: new RegExp(`^Trees at ${number} WILLIWA`, 'i') })
        .waitFor()
      const property = /properties\/([0-9a-f-]+)/.exec(page.url())?.[1] ?? ''

      await page.getByRole('img', { name: /^Map of/ }).click()
      expect(await page.getByLabel('Longitude').inputValue()).toMatch(/^1(49|50)\.\d{6}$/)
      await page.getByLabel('Species', { exact: true }).fill('Eucalyptus tereticornis')
      await page.getByLabel('Common name (optional)').fill('Forest red gum')
      await page.getByLabel('Height in metres').fill('22.5')
      await page.getByLabel(/^Girth/).fill('3.1')
      await page.getByLabel('Protection').selectOption('Heritage')
      await page.getByLabel('Where is it known from?').fill('Tree survey 2026')
      await visitor.look('trees-register')
      await page.getByRole('button', { name: 'Register tree' }).click()
      await page.getByRole('list', { name: 'Trees' }).getByRole('link', { name: 'Forest red gum' }).waitFor()
      await page.getByLabel('Species', { exact: true }).fill('Banksia serrata')
      await page.getByLabel('Height in metres').fill('2')
      await page.getByRole('button', { name: 'Register tree' }).click()
      await page
        .getByRole('alert')
        .getByText(/Only trees of 5 m and more/)
        .waitFor()
      await visitor.look('trees-refused')

      await page.goto(`/property/staff/${property}`)
      await page.getByText('Forest red gum').waitFor()
      await page.goto('/trees/staff')
      await page.getByRole('link', { name: 'Heritage', exact: true }).click()
      await page.getByRole('link', { name: 'Forest red gum' }).first().waitFor()
      await visitor.look('trees-list')

      const guest = await visitor.another()
      await guest.page.goto(`/trees/customer/properties/${property}`)
      await guest.page.getByText('Forest red gum').waitFor()
      await guest.look('trees-customer')
      expect(await guest.page.getByText('Tree survey 2026').count()).toBe(0)

      await page.getByRole('link', { name: 'Forest red gum' }).first().click()
      await page.getByRole('heading', { level: 1, name: 'Forest red gum' }).waitFor()
      await page.getByLabel('Height in metres').fill('23')
      await page.getByRole('button', { name: 'Save tree' }).click()
      await page.getByText('23 m', { exact: true }).waitFor()
      await visitor.look('trees-one')
      await page.getByLabel(/^Why/).fill('Felled with consent')
      await page.getByRole('button', { name: 'End this entry' }).click()
      await page.getByText(/^It stood until/).waitFor()
      await guest.page.reload()
      await guest.page.getByText('No significant tree is registered here', { exact: false }).waitFor()
    } finally {
      await switchTrees(administrator, 'off')
    }
  },
)
