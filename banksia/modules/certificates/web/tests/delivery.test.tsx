import { fireEvent, screen, waitFor, within } from '@testing-library/react'
import { describe, expect, test } from 'vitest'
import { http, HttpResponse, renderKit, renderPage, server, staff } from '@banksia/kit/testing'
import type { DeliveryRead, OrderRead, VerificationRead } from '../api'
import { Delivery } from '../components/delivery'
import { MailCameBack } from '../components/mail-came-back'
import { Messages } from '../components/messages'
import { verifyPage } from '../routes'

const certificate: VerificationRead['certificate'] = {
  number: '603/2026/00001',
  title: '603 certificate',
  law: 'Local Government Act 1993 s 603',
  address: '54 WILLIWA STREET PORTLAND NSW 2847',
  parcel_title: 'Lot 2 Section 2 DP 2288',
  issued_at: '2026-11-23T05:30:00Z',
  sha256: 'a'.repeat(64),
  council: 'Blue Hills Shire Council',
  superseded_by: '603/2026/00002',
  superseded_at: '2026-11-25T05:30:00Z',
  superseded_because: 'mistake',
  signed_by: null,
}

describe('check a certificate', () => {
  test('asks for the fingerprint of a dropped file and sends nothing else of it', async () => {
    const asked: string[] = []
    server.use(
      http.all('*/api/certificates/*', async ({ request }) => {
        asked.push(`${request.method} ${new URL(request.url).search}${await request.text()}`)
        return HttpResponse.json({ result: 'superseded', certificate })
      }),
    )
    const { container } = await renderPage(verifyPage, verifyPage.href())
    const area = container.querySelector('input[type=file]')?.closest('section')
    const drop = within(area as HTMLElement).getByText(/It stays on this device/)
    fireEvent.drop(drop, { dataTransfer: { files: [new File(['abc'], 'mine.pdf')] } })
    expect(await screen.findByText(/replaced it by 603\/2026\/00002 .* It held a mistake\./)).toBeVisible()
    // The SHA-256 of "abc", as everybody counts it (FIPS 180-4).
    expect(asked).toEqual(['GET ?sha256=ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad'])
  })

  test('refuses what is too large for a certificate before it is read', async () => {
    const { container } = await renderPage(verifyPage, verifyPage.href())
    const large = new File([''], 'film.mp4')
    Object.defineProperty(large, 'size', { value: 60_000_000 })
    const input = container.querySelector('input[type=file]') as HTMLInputElement
    fireEvent.change(input, { target: { files: [large] } })
    expect(await screen.findByRole('alert')).toHaveTextContent('film.mp4 has 60.0 MB')
  })
})

const read: DeliveryRead = {
  email: 'typo@example.org',
  mail_bounced_at: '2026-11-25T05:30:00Z',
  mails: [
    {
      id: 'm1',
      subject: '603 certificate is ready',
      to_address: 'typo@example.org',
      status: 'bounced',
      written_at: '2026-11-25T05:00:00Z',
      sent_at: '2026-11-25T05:01:00Z',
      bounced_at: '2026-11-25T05:30:00Z',
      error: '550 5.1.1 User unknown',
      opened_at: null,
      attachments: [],
      is_repeat: false,
    },
  ],
  steps: [],
  downloads: [{ number: '603/2026/00001', at: '2026-11-26T05:00:00Z', actor_name: 'Guest', by_staff: false }],
}
const order = { id: 'o1', number: 'BH-2026-00001' } as OrderRead

describe('delivery', () => {
  test('mail that came back is sent again to the address that the clerk enters', async () => {
    const sent: unknown[] = []
    server.use(
      http.get('*/orders/o1/delivery', () => HttpResponse.json(read)),
      http.post('*/orders/o1/delivery/mail', async ({ request }) => {
        sent.push(await request.json())
        return HttpResponse.json({ ...read, email: 'right@example.org', mail_bounced_at: null })
      }),
    )
    const clerk = staff('certificates.orders.read', 'certificates.messages.write')
    const { user } = renderKit(<MailCameBack orderId="o1" />, { user: clerk })
    expect(await screen.findByText(/The mail server said: 550 5\.1\.1 User unknown/)).toBeVisible()
    const email = screen.getByLabelText('Email')
    await user.clear(email)
    await user.type(email, 'right@example.org')
    await user.click(screen.getByRole('button', { name: 'Send it again' }))
    await waitFor(() => {
      expect(sent).toEqual([{ mail_id: 'm1', email: 'right@example.org' }])
    })
  })

  test('without an email address says what happens instead, and offers to enter one', async () => {
    server.use(
      http.get('*/orders/o1/delivery', () => HttpResponse.json({ ...read, email: null, mails: [] })),
      http.get('*/orders/o1/messages', () =>
        HttpResponse.json({ messages: [], can_write: true, answers: [], is_mailed: false }),
      ),
    )
    const clerk = staff('certificates.orders.read', 'certificates.messages.write')
    renderKit(
      <>
        <Delivery order={order} />
        <Messages orderId="o1" side="council" />
      </>,
      { user: clerk },
    )
    expect(await screen.findByText(/certificates are printed and collected at the counter/)).toBeVisible()
    expect(screen.getByRole('button', { name: 'Enter an email address' })).toBeVisible()
    expect(screen.queryByRole('button', { name: 'Mail a fresh link' })).toBeNull()
    expect(await screen.findByText(/it is kept with the order, and nothing is mailed/)).toBeVisible()
    expect(screen.getByRole('button', { name: 'Keep with the order' })).toBeVisible()
    expect(screen.queryByText(/is mailed to the customer/)).toBeNull()
  })

  test('shows each mail with what became of it; who may not write is offered no button', async () => {
    server.use(http.get('*/orders/o1/delivery', () => HttpResponse.json(read)))
    renderKit(<Delivery order={order} />, { user: staff('certificates.orders.read') })
    expect(await screen.findByText('603/2026/00001 downloaded')).toBeVisible()
    expect(screen.getByText('Came back')).toBeVisible()
    expect(screen.queryByRole('button')).toBeNull()
  })
})
