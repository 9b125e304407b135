import { screen, waitFor, within } from '@testing-library/react'
import { afterEach, describe, expect, test } from 'vitest'
import { customer, http, HttpResponse, problem, renderPage, server } from '@banksia/kit/testing'
import type { FirmInvitationRead, FirmRead, MemberRead } from '../api'
import { firmPage, joinFirmPage, newFirmPage } from '../firm-routes'

const mei = customer()
const member: MemberRead = {
  user_id: '01990000-0000-7000-8000-00000000000a',
  name: 'Sam Osei',
  email: 'sam@dalekaur.example',
  role: 'member',
  joined_at: '2026-11-02T00:00:00Z',
  is_me: false,
  roles_to_give: ['owner', 'manager', 'member'],
  may_remove: true,
}
const firm: FirmRead = {
  id: '01990000-0000-7000-8000-00000000000b',
  name: 'Dale & Kaur',
  abn: '',
  billing_email: null,
  my_role: 'owner',
  roles_to_invite: ['owner', 'manager', 'member'],
  may_edit: true,
  may_leave: false,
  members: [
    {
      ...member,
      user_id: mei.id,
      name: mei.name,
      email: mei.email,
      role: 'owner',
      is_me: true,
      roles_to_give: [],
    },
    member,
  ],
  invitations: [],
}
const openFirm = (read = firm) => {
  server.use(http.get('*/api/auth/firms/:id', () => HttpResponse.json(read)))
  return renderPage(firmPage, firmPage.href({ params: { firmId: firm.id } }), { user: mei })
}

afterEach(() => {
  location.hash = ''
  sessionStorage.clear()
})

describe('a firm', () => {
  test('sends an invitation with its role', async () => {
    const bodies: unknown[] = []
    server.use(
      http.post('*/api/auth/firms/:id/invitations', async ({ request }) => {
        bodies.push(await request.json())
        return HttpResponse.json(firm, { status: 201 })
      }),
    )
    const { user } = await openFirm()
    const form = await screen.findByRole('form', { name: 'Invite a person' })
    await user.click(within(form).getByLabelText('Email'))
    await user.paste('ruth@dalekaur.example')
    await user.click(within(form).getByLabelText(/^Manager/))
    await user.click(within(form).getByRole('button', { name: 'Send invitation' }))
    await waitFor(() => expect(bodies).toEqual([{ email: 'ruth@dalekaur.example', role: 'manager' }]))
  })

  test('a double click mails an invitation again once, and withdraws one once', async () => {
    const calls: string[] = []
    const call = async ({ request }: { request: Request }) => {
      calls.push(`${request.method} ${new URL(request.url).pathname.split('/').at(-1) ?? ''}`)
      await new Promise((resolve) => setTimeout(resolve, 100))
      return request.method === 'POST' ? HttpResponse.json(firm) : new HttpResponse(null, { status: 204 })
    }
    const invitation: FirmInvitationRead = {
      ...{ id: 'first', email: 'ruth@dalekaur.example', role: 'member', has_expired: false },
      ...{ sent_at: '2026-11-24T00:00:00Z', expires_at: '2026-12-08T00:00:00Z' },
    }
    server.use(
      http.post('*/api/auth/firms/:id/invitations/:invitation/resend', call),
      http.delete('*/api/auth/firms/:id/invitations/:invitation', call),
    )
    const { user } = await openFirm({ ...firm, invitations: [invitation] })
    await user.dblClick(await screen.findByRole('button', { name: 'Send again to ruth@dalekaur.example' }))
    expect(await screen.findByText(/^Sent again\./)).toBeVisible()
    await user.dblClick(screen.getByRole('button', { name: /^Withdraw the invitation/ }))
    await waitFor(() => expect(calls).toEqual(['POST resend', 'DELETE first']))
  })

  test('a member is removed where their role is changed, and the last owner cannot leave', async () => {
    const removed: string[] = []
    server.use(
      http.delete('*/api/auth/firms/:id/members/:user', ({ params }) => {
        removed.push(String(params['user']))
        return new HttpResponse(null, { status: 204 })
      }),
    )
    const { user } = await openFirm()
    expect(await screen.findByText(/You are the last owner/)).toBeVisible()
    expect(screen.queryByRole('button', { name: `Change ${mei.name}` })).toBeNull()
    await user.click(screen.getByRole('button', { name: 'Change Sam Osei' }))
    await user.click(screen.getByRole('button', { name: 'Remove Sam Osei' }))
    await waitFor(() => expect(removed).toEqual([member.user_id]))
  })

  test('a wrong ABN stands on its field', async () => {
    server.use(
      http.post('*/api/auth/firms', () =>
        problem(422, 'Check it.', [{ field: 'abn', message: 'This is no ABN: check its 11 digits.' }]),
      ),
    )
    const { user } = await renderPage(newFirmPage, undefined, { user: mei })
    await user.type(screen.getByLabelText('Firm’s name'), 'Dale & Kaur')
    await user.type(screen.getByLabelText('ABN (optional)'), '123')
    await user.click(screen.getByRole('button', { name: 'Add firm' }))
    expect(await screen.findByRole('alert')).toHaveTextContent('check its 11 digits')
  })
})

describe('the link of an invitation', () => {
  const invited = (email: string) => {
    location.hash = '#token=abc'
    server.use(
      http.post('*/api/auth/firm-invitations/read', () =>
        HttpResponse.json({
          firm_name: firm.name,
          email,
          role: 'member',
          invited_by: 'Sam Osei',
          expires_at: '2026-12-12T00:00:00Z',
        }),
      ),
    )
  }

  test('joins with the account of its address', async () => {
    invited(mei.email)
    const bodies: unknown[] = []
    server.use(
      http.post('*/api/auth/firm-invitations/accept', async ({ request }) => {
        bodies.push(await request.json())
        return HttpResponse.json({ id: firm.id, name: firm.name })
      }),
    )
    const { user, location: at } = await renderPage(joinFirmPage, undefined, { user: mei })
    await user.click(await screen.findByRole('button', { name: 'Join Dale & Kaur' }))
    await waitFor(() => expect(at()).toBe(firmPage.href({ params: { firmId: firm.id } })))
    expect(bodies).toEqual([{ token: 'abc' }])
    expect(sessionStorage).toHaveLength(0)
  })

  test('tells a guest and another account what they need', async () => {
    invited('ruth@dalekaur.example')
    const guest = await renderPage(joinFirmPage)
    expect(await screen.findByRole('link', { name: 'Make an account' })).toBeVisible()
    guest.unmount()
    location.hash = ''
    await renderPage(joinFirmPage, undefined, { user: mei })
    expect(await screen.findByText(`You are signed in as ${mei.email}`)).toBeVisible()
    expect(screen.queryByRole('button', { name: /^Join/ })).toBeNull()
  })
})
