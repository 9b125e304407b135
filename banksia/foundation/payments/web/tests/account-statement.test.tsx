import { screen } from '@testing-library/react'
import { expect, test } from 'vitest'
import { http, HttpResponse, renderKit, server, staff } from '@banksia/kit/testing'
import type { FirmAccountRead } from '../api'
import { AccountStatement } from '../components/account-statement'

const account: FirmAccountRead = {
  ...{ id: '01990000-0000-7000-8000-0000000000f1', code: 'DK', name: 'Dale & Kaur' },
  ...{ email: 'accounts@dalekaur.example', postal_address: null, closed_at: null },
  ...{ balance_cents: 0, credit_limit_cents: 0, left_cents: 0, terms_days: 30 },
}

test('a double click mails a statement once', async () => {
  const sent: unknown[] = []
  server.use(
    http.get('*/statement', () =>
      HttpResponse.json({
        ...{ opening_cents: 0, charged_cents: 0, settled_cents: 0, closing_cents: 0, ageing: [] },
      }),
    ),
    http.get('*/movements', () => HttpResponse.json({ results: [], next_cursor: null })),
    http.post('*/statement/mail', async ({ request }) => {
      sent.push(await request.json())
      await new Promise((resolve) => setTimeout(resolve, 100))
      return HttpResponse.json({ to: account.email })
    }),
  )
  const { user } = renderKit(
    <AccountStatement
      account={account}
      period={{ from: '2026-11-01', until: '2026-11-30' }}
      onPeriod={() => undefined}
    />,
    { user: staff('payments.accounts.manage') },
  )
  await user.dblClick(screen.getByRole('button', { name: 'Mail it to accounts@dalekaur.example' }))
  expect(await screen.findByText('The statement is on its way to accounts@dalekaur.example')).toBeVisible()
  expect(sent).toEqual([{ from_on: '2026-11-01', until_on: '2026-11-30' }])
})
