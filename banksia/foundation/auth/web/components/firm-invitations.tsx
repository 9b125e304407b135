import { useState } from 'react'
import { useMutation } from '@tanstack/react-query'
import {
  ActionButton,
  ErrorPanel,
  Form,
  formatDay,
  Panel,
  RadioField,
  RowList,
  SubmitButton,
  TextField,
  useKitForm,
} from '@banksia/kit'
import { z } from 'zod'
import {
  inviteToFirm,
  resendInvitationMutation,
  withdrawInvitationMutation,
  type FirmInvitationRead,
  type FirmRead,
} from '../api'
import { email } from '../schemas'
import { roleChoice, roleChoices, roleWords } from './firm-words'

interface FirmInvitationsProps {
  firm: FirmRead
  onChanged: () => Promise<void>
}

/** Invite people by email, and what became of it. */
export function FirmInvitations({ firm, onChanged }: FirmInvitationsProps) {
  const [sent, setSent] = useState('')
  const form = useKitForm({
    schema: z.object({ email, role: roleChoice }),
    defaultValues: { email: '', role: 'member' },
    onSubmit: async (body) => {
      await inviteToFirm({ path: { firm_id: firm.id }, body, throwOnError: true })
      setSent(body.email)
      form.methods.reset()
      await onChanged()
    },
  })
  return (
    <Panel
      title="Invite a person"
      hint="They join by the link in the email, with an account of that address."
    >
      <div css={{ display: 'grid', gap: '1.5rem' }}>
        <Form form={form} label="Invite a person">
          <TextField name="email" label="Email" type="email" />
          <RadioField name="role" label="Role in the firm" choices={roleChoices(firm.roles_to_invite)} />
          <SubmitButton>Send invitation</SubmitButton>
        </Form>
        <p role="status" css={{ '&:empty': { display: 'none' } }}>
          {sent ? `The invitation is on its way to ${sent}.` : ''}
        </p>
        {firm.invitations.length > 0 ? (
          <div>
            <h3 css={{ fontSize: '1rem', marginBottom: '0.5rem' }}>Waiting for an answer</h3>
            <Waiting firm={firm} onChanged={onChanged} />
          </div>
        ) : null}
      </div>
    </Panel>
  )
}

function Waiting({ firm, onChanged }: FirmInvitationsProps) {
  const resend = useMutation({ ...resendInvitationMutation(), onSuccess: onChanged })
  const withdraw = useMutation({ ...withdrawInvitationMutation(), onSuccess: onChanged })
  const failure = resend.error ?? withdraw.error
  const pathOf = (invitation: FirmInvitationRead) => ({
    path: { firm_id: firm.id, invitation_id: invitation.id },
  })
  return (
    <>
      {failure ? <ErrorPanel title="The invitation was not changed" error={failure} /> : null}
      <p role="status">
        {resend.isSuccess ? 'Sent again. The link of the email before no longer works.' : ''}
      </p>
      <RowList
        stack
        rows={firm.invitations.map((each) => ({
          key: each.id,
          title: each.email,
          detail: each.has_expired
            ? `${roleWords[each.role]}, sent ${formatDay(each.sent_at)}. The link is too old.`
            : `${roleWords[each.role]}, sent ${formatDay(each.sent_at)}, valid until ${formatDay(each.expires_at)}`,
          end: (
            <>
              <ActionButton
                size="sm"
                variant="tertiary"
                loading={resend.isPending && resend.variables.path.invitation_id === each.id}
                onClick={() => {
                  resend.mutate(pathOf(each))
                }}
                aria-label={`Send again to ${each.email}`}
              >
                Send again
              </ActionButton>
              <ActionButton
                size="sm"
                variant="tertiary"
                loading={withdraw.isPending && withdraw.variables.path.invitation_id === each.id}
                onClick={() => {
                  withdraw.mutate(pathOf(each))
                }}
                aria-label={`Withdraw the invitation of ${each.email}`}
              >
                Withdraw
              </ActionButton>
            </>
          ),
        }))}
      />
    </>
  )
}
