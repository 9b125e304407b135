import { screen } from '@testing-library/react'
import { expect, test } from 'vitest'
import { http, HttpResponse, renderPage, server, staff } from '@banksia/kit/testing'
import type { SigningRead } from '../api'
import { signingPage } from '../staff-routes'

const admin = staff('certificates.signing.manage')
const NONE: SigningRead = {
  is_signing: false,
  is_wanted: true,
  ends_soon: false,
  has_ended: false,
  in_use: null,
  earlier: [],
  timestamp_server: null,
}
const SOON: SigningRead = {
  ...NONE,
  is_signing: true,
  ends_soon: true,
  in_use: {
    subject: 'CN=Blue Hills Shire Council',
    issuer: 'CN=A root',
    fingerprint: 'ab'.repeat(32),
    valid_from: '2025-12-28T00:00:00Z',
    valid_until: '2026-12-28T00:00:00Z',
    is_own_make: false,
    serial: '1267',
    key_kind: 'RSA 2048',
    saved_at: '2026-11-28T00:00:00Z',
    set_by_name: 'Ada Admin',
    replaced_at: null,
  },
}

test('says that nothing is signed, takes a file and says what is wrong with it at its field', async () => {
  const sent: unknown[] = []
  server.use(
    http.get('*/api/certificates/signing-certificate', () =>
      HttpResponse.json(sent.length > 1 ? SOON : NONE),
    ),
    http.get(
      '*/api/organisations/modules/certificates/settings',
      () => new HttpResponse(null, { status: 503 }),
    ),
    http.put('*/api/certificates/signing-certificate', async ({ request }) => {
      sent.push(await request.json())
      if (sent.length > 1) return HttpResponse.json(SOON)
      const message = 'The file does not open with this passphrase.'
      return HttpResponse.json(
        {
          type: 'urn:banksia:certificates:signing-file-refused',
          title: 'This file cannot sign certificates',
          status: 422,
          detail: message,
          errors: [{ field: 'passphrase', message }],
        },
        { status: 422, headers: { 'Content-Type': 'application/problem+json' } },
      )
    }),
  )
  const { user } = await renderPage(signingPage, undefined, { user: admin })
  expect(await screen.findByText('Not signing')).toBeVisible()
  const save = screen.getByRole('button', { name: 'Test and save the certificate' })
  await user.click(save)
  expect(await screen.findByText(/Choose the \.p12 or \.pfx file\./, { selector: 'a' })).toBeVisible()
  await user.upload(screen.getByLabelText(/^File with the key/), new File(['abc'], 'council.p12'))
  await user.type(screen.getByLabelText(/^Passphrase/), 'wrong')
  await user.click(save)
  expect(await screen.findByText(/does not open with this passphrase/, { selector: 'a' })).toBeVisible()
  expect(sent).toEqual([{ pkcs12: btoa('abc'), passphrase: 'wrong' }])
  await user.click(save)
  expect(await screen.findByText('The signing certificate ends on 28 December 2026')).toBeVisible()
  expect(screen.getByText('CN=Blue Hills Shire Council')).toBeVisible()
})
