import { screen, within } from '@testing-library/react'
import { describe, expect, test } from 'vitest'
import { http, HttpResponse, renderPage, server, staff } from '@banksia/kit/testing'
import type { ReviewCaseRead } from '../api'
import { disputePage, providerPage, reconciliationPage } from '../provider-routes'
import { reviewPage } from '../routes'

const WHEN = '2026-11-20T01:00:00Z'

function found(changes: Partial<ReviewCaseRead>): ReviewCaseRead {
  return {
    id: '01990000-0000-7000-8000-0000000000c1',
    kind: 'not_in_ledger',
    payable_id: null,
    payable_kind: null,
    subject_id: null,
    reference: 'pi_nobody',
    money: null,
    total_cents: null,
    payment_cents: null,
    evidence: {
      kind: 'charge',
      amount_cents: 500,
      fee_cents: 39,
      source: 'pi_nobody',
      happened_at: WHEN,
      ledger_has: null,
    },
    possible: ['dismiss', 'record'],
    resolution: null,
    resolution_reason: null,
    resolved_by_name: null,
    resolved_at: null,
    created_at: WHEN,
    ...changes,
  }
}

describe('money to review', () => {
  async function open(...cases: ReviewCaseRead[]) {
    server.use(
      http.get('*/api/payments/review-cases', () => HttpResponse.json({ results: cases, next_cursor: null })),
    )
    return renderPage(reviewPage, reviewPage.href(), {
      user: staff('payments.payments.read', 'payments.review.resolve'),
    })
  }

  test('tells a movement without an order in words, and writes it into the ledger', async () => {
    const sent: unknown[] = []
    server.use(
      http.post('*/api/payments/review-cases/:id/resolve', async ({ request }) => {
        sent.push(await request.json())
        return HttpResponse.json(found({ resolution: 'record' }))
      }),
    )
    const { user } = await open(found({}))
    expect(await screen.findByText('nothing under this number')).toBeVisible()
    expect(screen.queryByText('Owed')).toBeNull()
    await user.click(screen.getByRole('button', { name: 'Write it into the ledger' }))
    const dialog = screen.getByRole('dialog')
    expect(within(dialog).getByText(/\$5\.00 is written into the ledger/)).toBeVisible()
    await user.click(within(dialog).getByRole('button', { name: 'Write it into the ledger' }))
    expect(within(dialog).getByText('Enter the reason. It stands in the books.')).toBeVisible()
    await user.type(within(dialog).getByLabelText('Reason, for the books'), 'Paid by phone')
    await user.click(within(dialog).getByRole('button', { name: 'Write it into the ledger' }))
    await expect.poll(() => sent).toMatchObject([{ resolution: 'record', reason: 'Paid by phone' }])
  })

  test('tells what differs in words', async () => {
    await open(
      found({
        kind: 'mismatch',
        possible: ['dismiss', 'refund', 'reinstate'],
        payment_cents: 6800,
        evidence: {
          provider_says: { amount_cents: 6800, currency: 'aud', payment_id: 'pi_1' },
          we_expected: { amount_cents: 6900, currency: 'aud' },
          differences: ['amount'],
          money_was: 'awaiting_payment',
        },
      }),
    )
    expect(await screen.findByText('the amount')).toBeVisible()
    expect(screen.getByText('$68.00 AUD')).toBeVisible()
    expect(screen.getByRole('button', { name: 'Refund $68.00' })).toBeVisible()
  })

  test('a refund that failed is refunded by its own amount, not by that of the payment', async () => {
    const sent: unknown[] = []
    server.use(
      http.post('*/api/payments/review-cases/:id/resolve', async ({ request }) => {
        sent.push(await request.json())
        return HttpResponse.json(found({ kind: 'refund_failed', resolution: 'refund' }))
      }),
    )
    const { user } = await open(
      found({
        kind: 'refund_failed',
        possible: ['dismiss', 'refund'],
        total_cents: 50000,
        payment_cents: 50000,
        evidence: { amount_cents: 5000, reason: 'Not made', failure: 'expired_or_canceled_card' },
      }),
    )
    await user.click(await screen.findByRole('button', { name: 'Refund $50.00' }))
    const dialog = screen.getByRole('dialog')
    await user.type(within(dialog).getByLabelText('Reason, for the books'), 'Once more')
    await user.click(within(dialog).getByRole('button', { name: 'Refund $50.00' }))
    await expect.poll(() => sent).toMatchObject([{ resolution: 'refund', reason: 'Once more' }])
  })

  test('a dispute leads to its evidence and can only be closed', async () => {
    await open(
      found({
        kind: 'dispute',
        possible: ['dismiss'],
        evidence: { amount_cents: 6900, reason: 'fraudulent', state: 'needs_response', dispute_id: 'd1' },
      }),
    )
    expect(await screen.findByText('Needs an answer')).toBeVisible()
    expect(screen.getByRole('link', { name: /Open dispute/ })).toHaveAttribute(
      'href',
      '/payments/staff/disputes/d1',
    )
    expect(screen.queryByRole('button', { name: /Refund/ })).toBeNull()
  })
})

describe('a dispute', () => {
  test('shows what the bank wants, by when, and the evidence', async () => {
    server.use(
      http.get('*/api/payments/disputes/:id', () =>
        HttpResponse.json({
          id: 'd1',
          payable_id: 'p1',
          payment_id: 'p2',
          kind: 'certificates.order',
          subject_id: 's1',
          staff_path: '/certificates/staff/orders/s1',
          reference: 'BH-2026-04466',
          payer_name: 'Dale & Kaur Lawyers',
          provider_dispute_id: 'du_1',
          state: 'needs_response',
          amount_cents: 6900,
          reason: 'product_not_received',
          evidence_due_at: '2026-11-27T01:00:00Z',
          opened_at: WHEN,
          closed_at: null,
          withdrawn_cents: 6900,
          reinstated_cents: 0,
          facts: { Paid: '$69.00, 1 November 2026', Receipt: '' },
          entries: [
            { at: WHEN, who: 'Mei', what: 'certificates.certificate_downloaded', detail: 'number: 1' },
          ],
        }),
      ),
    )
    await renderPage(disputePage, disputePage.href({ params: { disputeId: 'd1' } }), {
      user: staff('payments.payments.read'),
    })
    expect(await screen.findByText('Product not received')).toBeVisible()
    expect(screen.getByText(/The bank takes evidence until/)).toBeVisible()
    expect(screen.getByText('Certificate downloaded')).toBeVisible()
    expect(screen.getByRole('link', { name: 'Download the evidence' })).toHaveAttribute(
      'href',
      '/api/payments/disputes/d1/evidence',
    )
  })
})

describe('reconciliation', () => {
  test('says how the books stand and starts a comparison', async () => {
    const started: string[] = []
    const run = {
      id: 'r1',
      state: 'finished',
      listed_from: WHEN,
      listed_until: WHEN,
      counts: { listed: 2990, matched: 2970, fees: 3, not_in_ledger: 1, not_at_provider: 2 },
      failure: null,
      started_at: WHEN,
      finished_at: WHEN,
    }
    server.use(
      http.get('*/api/payments/reconciliation', () =>
        HttpResponse.json({
          provider_set: true,
          latest: run,
          unmatched_transactions: 1,
          unmatched_entries: 2,
        }),
      ),
      http.get('*/api/payments/reconciliation/runs', () =>
        HttpResponse.json({ results: [run], next_cursor: null }),
      ),
      http.post('*/api/payments/reconciliation/runs', () => {
        started.push('run')
        return HttpResponse.json({ ...run, state: 'running' }, { status: 202 })
      }),
    )
    const { user } = await renderPage(reconciliationPage, reconciliationPage.href(), {
      user: staff('payments.reconciliation.read', 'payments.reconciliation.run'),
    })
    expect(await screen.findByText(/1 is only at the provider, 2 are only in the ledger/)).toBeVisible()
    expect(await screen.findByText('2,970')).toBeVisible()
    await user.click(screen.getByRole('button', { name: 'Compare now' }))
    await expect.poll(() => started).toEqual(['run'])
  })
})

describe('online payments', () => {
  test('saves a key that begins as one, and never shows it', async () => {
    const sent: unknown[] = []
    server.use(
      http.get('*/api/payments/provider-account', () =>
        HttpResponse.json({
          source: 'installation',
          provider: 'stripe',
          account: null,
          key_hint: null,
          livemode: false,
          webhook_secrets: 1,
          webhook_url: 'https://council.example/api/payments/webhooks/stripe',
          tested_at: null,
          set_by_name: null,
        }),
      ),
      http.put('*/api/payments/provider-account', async ({ request }) => {
        sent.push(await request.json())
        return HttpResponse.json({})
      }),
    )
    const { user } = await renderPage(providerPage, providerPage.href(), {
      user: staff('payments.provider.manage'),
    })
    const key = await screen.findByLabelText('Secret key')
    await user.type(key, 'pk_test_public')
    await user.click(screen.getByRole('button', { name: 'Test and save the key' }))
    expect((await screen.findAllByText(/It begins with sk_ or rk_/)).length).toBeGreaterThan(0)
    expect(sent).toEqual([])
    await user.clear(key)
    await user.type(key, 'sk_test_1234567890')
    await user.click(screen.getByRole('button', { name: 'Test and save the key' }))
    await expect.poll(() => sent).toEqual([{ secret_key: 'sk_test_1234567890', webhook_secret: null }])
    expect(key).toHaveValue('')
  })
})
