import { screen, waitFor } from '@testing-library/react'
import { expect, test } from 'vitest'
import { customer, http, HttpResponse, problem, renderPage, server } from '@banksia/kit/testing'
import type { OrderLineRead, OrderRead, UpgradeRead } from '../api'
import { orderPage } from '../routes'

const ORDER = '01990000-0000-7000-8000-0000000000c1'
const UPGRADE = '01990000-0000-7000-8000-0000000000c2'
const PAY = `*/api/certificates/orders/${ORDER}/upgrades/${UPGRADE}/pay`
const REASON = 'The cheque that paid for this came back from the bank.'

const line = (state: OrderLineRead['state']) =>
  ({
    ...{ id: 'l', state, title: 'Planning certificate 10.7(2) and (5)', short_title: 'Planning 10.7(2)(5)' },
    ...{ urgent: false, total_cents: 17400, due_on: '2026-12-04', working_days_left: 3, due_because: [] },
    ...{ certificates: [], reason: REASON, collects: false, collected_at: null },
    property: { id: 'p', address: '7 GREEN ST', parcel: '1/1/DP1', assessment: null },
  }) as unknown as OrderLineRead

const upgrade = (change: Partial<UpgradeRead> = {}): UpgradeRead => ({
  ...{ id: UPGRADE, line_id: 'l', title: 'Planning certificate 10.7(2) and (5)', amount_cents: 10500 },
  ...{ state: 'done', payment_attempt_id: null, owed_again_cents: 10500, card_surcharge_cents: 52 },
  ...{ pays_online: true, ...change },
})

const order = (upgrades: UpgradeRead[]): OrderRead =>
  ({
    ...{ id: ORDER, number: 'BH-2026-00012', reference: null, firm_id: null, firm_name: null },
    ...{ contact: { name: 'Margaret Olsen', email: null }, work: 'waiting_for_you', money: 'paid' },
    ...{ can_pay: false, can_cancel: false, cancellation: null, kept_cents: null, is_mine: true },
    ...{ total_cents: 17400, gst_cents: 0, paid_cents: 6900, refunded_cents: 0, lost_cents: 0 },
    ...{ left_cents: 0, card_surcharge_cents: 0, surcharge_cents: 0, pays_online: false, at_counter: false },
    ...{ payment_attempt_id: null, payment_declined: false, payment_disputed: false },
    ...{ upgrades, upgrade_offers: [], lines: [line('waiting_for_you')] },
    ...{ timeline: [], receipts: [], refunds: [] },
  }) as unknown as OrderRead

const open = async (...upgrades: UpgradeRead[]) => {
  server.use(
    http.get(`*/api/certificates/orders/${ORDER}`, () => HttpResponse.json(order(upgrades))),
    http.get(`*/api/certificates/orders/${ORDER}/messages`, () =>
      HttpResponse.json({ messages: [], can_write: false, answers: [], is_mailed: false }),
    ),
  )
  const page = await renderPage(orderPage, orderPage.href({ params: { orderId: ORDER } }), {
    user: customer(),
  })
  await screen.findByText(/^Order BH-2026-00012/)
  return page
}

test('a difference whose cheque came back is paid again from the order', async () => {
  let asked = 0
  server.use(
    http.post(PAY, () => {
      asked += 1
      return problem(409, 'Open the order again: it says what is paid and what is owed.')
    }),
  )
  const { user } = await open(upgrade())
  expect(
    await screen.findByText('The upgrade to Planning certificate 10.7(2) and (5) has to be paid again'),
  ).toBeVisible()
  expect(screen.getByText(/By card it is \$105\.00 and a surcharge of \$0\.52\./)).toBeVisible()
  expect(screen.getByText(`${REASON} The clock is stopped until then.`)).toBeVisible()
  expect(screen.queryByText('Total paid')).toBeNull()
  await user.click(screen.getByRole('button', { name: 'Pay $105.52' }))
  expect(await screen.findByText('The payment page could not be opened')).toBeVisible()
  expect(screen.getByText(/Open the order again/)).toBeVisible()
  await waitFor(() => {
    expect(asked).toBe(1)
  })
})

test('where cards are not taken, the counter is named', async () => {
  await open(upgrade({ pays_online: false, card_surcharge_cents: 0 }))
  expect(await screen.findByText(/^Pay \$105\.00 at the council’s counter/)).toBeVisible()
  expect(screen.queryByRole('button', { name: /^Pay/ })).toBeNull()
})

test('what is paid asks for nothing', async () => {
  await open(upgrade({ owed_again_cents: 0, card_surcharge_cents: 0, pays_online: false }))
  expect(screen.queryByText(/has to be paid again/)).toBeNull()
  expect(screen.getByText('Total paid')).toBeVisible()
})
