// A module of somebody else's, in Node, beside the built-in ones: connected, booked, paid, refunded, killed.
import type { FrameLocator, Page } from 'playwright-core'
import { journey, type Visitor } from './browser.ts'
import {
  BookingsServer,
  connectBookings,
  lookWithin,
  partWithBookings,
  reloadUntilShown,
} from './hall-bookings.ts'
import { hostedPage, reloadUntil } from './steps.ts'

/** The module's own page, in the frame that keeps it from ours. */
const framed = (page: Page): FrameLocator => page.frameLocator('iframe')

/** A hall of the property at an address, with its fees; the keeper types and chooses as anybody does. */
async function addHall({ page }: Visitor, address: string): Promise<void> {
  await page.goto('/bookings/staff/halls/new')
  const hall = framed(page)
  await hall.getByLabel('Name').fill('Memorial Hall')
  await hall.getByLabel('Property').fill(address)
  await hall.getByRole('list', { name: 'Properties found' }).getByRole('button').first().click()
  await hall.getByLabel('What it has').fill('Kitchen, stage, 120 chairs, ramp')
  await hall.getByLabel('How many people fit?').fill('120')
  await hall.getByLabel('Fee per hour ($)').fill('45')
  await hall.getByLabel('Fee per hour for community groups ($)').fill('20')
  await hall.getByRole('button', { name: 'Add hall' }).click()
  await hall.getByRole('link', { name: 'Memorial Hall' }).waitFor()
}

/** Choose a day of next month that is free, and the first two hours of it. */
async function chooseTime(page: Page, dayOfMonth: number): Promise<void> {
  const hall = framed(page)
  await hall.getByRole('button', { name: /^The month after/ }).click()
  await hall.getByRole('button', { name: new RegExp(`^\\w+ ${dayOfMonth} \\w+`) }).click()
  await hall.getByLabel('From', { exact: true }).selectOption('10:00')
  await hall.getByLabel('To', { exact: true }).selectOption('12:00')
}

async function fillBooking(page: Page, purpose: string, email: string): Promise<void> {
  const hall = framed(page)
  await hall.getByLabel('What is it for?').fill(purpose)
  await hall.getByLabel('How many people?').fill('40')
  await hall.getByLabel('Name', { exact: true }).fill('Robin Hall')
  await hall.getByLabel('Email').fill(email)
  await hall.getByText('$90.00').waitFor()
}

journey(
  'A hall is booked, paid by card, shown on its property, and refunded when cancelled',
  async (visitor) => {
    const server = await BookingsServer.start()
    const administrator = await visitor.another()
    try {
      await administrator.signIn('admin')
      await connectBookings(administrator, server)
      await addHall(administrator, '105 williwa st')
      await lookWithin(administrator, 'bookings-halls')

      const customer = await visitor.another()
      const { page } = customer
      await page.goto('/bookings/customer')
      await framed(page).getByRole('link', { name: 'Memorial Hall' }).click()
      await framed(page).getByRole('link', { name: 'Sign in to book' }).waitFor()
      await customer.signIn('customer')
      await page.goto('/bookings/customer')
      await framed(page).getByRole('heading', { level: 1, name: 'Book a hall' }).waitFor()
      await lookWithin(customer, 'bookings-halls-customer')
      await framed(page).getByRole('link', { name: 'Memorial Hall' }).click()
      await framed(page).getByText('105 WILLIWA').first().waitFor()
      await chooseTime(page, 20)
      await fillBooking(page, 'Dance class', 'robin@example.org')
      await lookWithin(customer, 'bookings-book')
      await framed(page).getByRole('button', { name: 'Book and go to payment' }).click()
      await page.waitForURL(/payments\/customer\/pay\//)
      await page.getByText('What it is for').waitFor()
      await customer.look('bookings-pay')
      await page.getByRole('button', { name: /^Pay \$/ }).click()
      await hostedPage(page)
      // It dies while the customer pays, and hears of the payment when it is back.
      await server.kill()
      await page.getByRole('button', { name: /^Pay \$/ }).click()
      await page.waitForURL(/bookings\/customer\/bookings\//)
      // Its script may still be at hand, and then says so itself; else the shell does.
      const again = { name: 'Try again' }
      await Promise.any([page, framed(page)].map((where) => where.getByRole('button', again).waitFor()))
      await administrator.page.goto('/connections/settings/modules/bookings/events')
      await reloadUntil(administrator.page, administrator.page.getByText('Failing').first())
      await administrator.look('module-events-failing')
      await server.run()
      await sendAgain(administrator.page)
      await reloadUntilShown(page, framed(page).getByText('Paid', { exact: true }).first())
      await framed(page).getByText('The hall is yours').waitFor()
      await lookWithin(customer, 'bookings-paid')

      await takenElsewhere(visitor)
      await onTheProperty(administrator)

      await page.bringToFront()
      await framed(page).getByText('Cancel this booking').first().click()
      await framed(page).getByRole('button', { name: 'Cancel and get $90.00 back' }).click()
      await framed(page).getByText('Cancelled', { exact: true }).waitFor()
      await reloadUntilShown(page, framed(page).getByText('Refunded').first())
      await lookWithin(customer, 'bookings-refunded')
    } finally {
      await partWithBookings(administrator).catch((error: unknown) => visitor.wrong.push(String(error)))
      await server.stop()
    }
  },
)

/** Somebody else finds the time taken: the day says so before, the server says so after. */
async function takenElsewhere(visitor: Visitor): Promise<void> {
  const other = await visitor.another()
  const { page } = other
  await page.goto('/bookings/customer')
  await framed(page).getByRole('link', { name: 'Memorial Hall' }).click()
  await framed(page)
    .getByRole('button', { name: /^The month after/ })
    .click()
  await framed(page)
    .getByRole('button', { name: /20 .*free 8 am to 10 am, noon to 10 pm/ })
    .waitFor()
}

/** Staff see it on the page of the property and on the day's dashboard. */
async function onTheProperty({ page }: Visitor): Promise<void> {
  await page.goto('/property/staff?q=105+williwa+st')
  await page
    .getByRole('main')
    .getByRole('link', { name: /^105 Williwa/i })
    .first()
    .click()
  await page.getByText(/Dance class/).waitFor({ timeout: 60_000 })
  await page.getByText(/Dance class/).click()
  await framed(page).getByRole('heading', { level: 1, name: 'Dance class' }).waitFor()
}

journey('Staff book for somebody who pays at the counter, and close the hall for a day', async (visitor) => {
  const server = await BookingsServer.start()
  const administrator = await visitor.another()
  try {
    await administrator.signIn('admin')
    await connectBookings(administrator, server)
    await addHall(administrator, '105 williwa st')

    const { page } = visitor
    await visitor.signIn('counter')
    await openTill(page)
    await page.goto('/bookings/staff/new')
    await chooseTime(page, 21)
    await fillBooking(page, 'Seniors lunch', 'seniors@example.org')
    await lookWithin(visitor, 'bookings-counter-book')
    await framed(page).getByRole('button', { name: 'Book', exact: true }).click()
    await framed(page).getByRole('button', { name: 'Take $90.00 at the counter' }).click()
    await page.waitForURL(/payments\/staff\/payables\//)
    await page.getByLabel('Cash received').fill('100')
    await page.getByRole('button', { name: 'Finish and print receipt' }).click()
    await page
      .getByText(/is paid/)
      .first()
      .waitFor()
    await closeTill(page, '290')

    await page.goto('/bookings/staff/close')
    const day = nextMonth(22)
    await framed(page).getByLabel('Day').fill(day)
    await framed(page).getByLabel('Why').fill('Floor being sanded')
    await lookWithin(visitor, 'bookings-close')
    await framed(page).getByRole('button', { name: 'Close hall' }).click()
    await framed(page).getByText('Memorial Hall is closed').waitFor()
    await page.goto(`/bookings/staff?from=${nextMonth(20)}`)
    await reloadUntilShown(page, framed(page).getByText('Paid', { exact: true }).first())
    await lookWithin(visitor, 'bookings-queue')
    await page.goto('/staff')
    await reloadUntil(page, page.getByText('Bookings today'))
  } finally {
    await partWithBookings(administrator).catch((error: unknown) => visitor.wrong.push(String(error)))
    await server.stop()
  }
})

/** What the module missed is sent at once instead of at the next try, and it takes it. */
async function sendAgain(page: Page): Promise<void> {
  const missed = page.getByRole('listitem').filter({ hasText: 'payments.payment_settled' }).first()
  await missed.getByRole('button', { name: /^Send again: payments\.payment_settled of/ }).click()
  await missed.getByText('Sent', { exact: true }).waitFor()
}

/** A till of her own, unless she has one open. */
async function openTill(page: Page): Promise<void> {
  await page.goto('/payments/staff/till')
  const open = page.getByRole('button', { name: 'Open till' })
  await open
    .or(page.getByRole('button', { name: /^Close/ }))
    .first()
    .waitFor()
  if ((await open.count()) === 0) return
  await page.getByLabel('Till', { exact: true }).selectOption({ index: 1 })
  await page.getByRole('button', { name: 'Count by notes and coins' }).click()
  await page.getByLabel('$50.00').fill('4')
  await open.click()
  await open.waitFor({ state: 'detached' })
}

/** As she found it: whoever walks through the same demo later opens a till of their own. */
async function closeTill(page: Page, cash: string): Promise<void> {
  await page.goto('/payments/staff/till')
  await page.getByLabel('Cash counted').fill(cash)
  await page.getByLabel('EFTPOS slips').fill('0')
  await page.getByLabel('Cheques').fill('0')
  await page.getByRole('button', { name: 'Close till' }).click()
  await page.getByRole('button', { name: 'Open till' }).waitFor()
}

/** A day of next month, as an address has it. */
function nextMonth(day: number): string {
  const now = new Date()
  return new Date(Date.UTC(now.getFullYear(), now.getMonth() + 1, day)).toISOString().slice(0, 10)
}
