import { screen, waitFor } from '@testing-library/react'
import { expect, test } from 'vitest'
import { http, HttpResponse, renderPage, server, staff } from '@banksia/kit/testing'
import { messagePage } from '../routes'

const FIRST = '01990000-0000-7000-8000-0000000000e1'
const SECOND = '01990000-0000-7000-8000-0000000000e2'
const message = (id: string) => ({
  ...{ id, subject: 'Your certificate is ready', text: 'It is ready.', to_address: 'm@example.org' },
  ...{ status: 'sent', template: 'certificates.issued', attempts: 1, attachments: [], error: null },
  ...{ created_at: '2026-11-24T23:42:00Z', sent_at: '2026-11-24T23:43:00Z', bounced_at: null },
  resend_of_id: null,
})
const hrefOf = (messageId: string) => messagePage.href({ params: { messageId } })

test('a double click sends a mail again once', async () => {
  const sent: unknown[] = []
  server.use(
    http.get('*/api/notifications/messages/:id', ({ params }) =>
      HttpResponse.json(message(String(params['id']))),
    ),
    http.post('*/api/notifications/messages/:id/resend', async ({ params }) => {
      sent.push(params['id'])
      await new Promise((resolve) => setTimeout(resolve, 100))
      return HttpResponse.json(message(SECOND), { status: 201 })
    }),
  )
  const { user, location } = await renderPage(messagePage, hrefOf(FIRST), {
    user: staff('notifications.messages.read', 'notifications.messages.resend'),
  })
  await user.dblClick(await screen.findByRole('button', { name: 'Send again' }))
  await waitFor(() => expect(location()).toBe(hrefOf(SECOND)))
  expect(sent).toEqual([FIRST])
})
