import { useMutation } from '@tanstack/react-query'
import { ActionButton, Dialog, ErrorPanel, Form, RadioField, SubmitButton, useKitForm } from '@banksia/kit'
import { z } from 'zod'
import { changeMemberRole, removeMemberMutation, type MemberRead } from '../api'
import { roleChoice, roleChoices } from './firm-words'

interface MemberDialogProps {
  firmId: string
  firmName: string
  member: MemberRead
  onClose: () => void
  /** After the member was changed or removed. */
  onChanged: () => Promise<void>
}

/** Give a member another role, or take them out of the firm. */
export function MemberDialog({ firmId, firmName, member, onClose, onChanged }: MemberDialogProps) {
  const path = { firm_id: firmId, user_id: member.user_id }
  const form = useKitForm({
    schema: z.object({ role: roleChoice }),
    defaultValues: { role: member.role },
    onSubmit: async (body) => {
      await changeMemberRole({ path, body, throwOnError: true })
      await onChanged()
    },
  })
  const remove = useMutation({ ...removeMemberMutation(), onSuccess: onChanged })
  return (
    <Dialog open onClose={onClose} title={member.name}>
      <Form form={form} label={`Role of ${member.name}`}>
        <RadioField name="role" label="Role in the firm" choices={roleChoices(member.roles_to_give)} />
        <SubmitButton>Save role</SubmitButton>
      </Form>
      {member.may_remove ? (
        <div css={{ display: 'grid', gap: '0.75rem', marginTop: '1.5rem', justifyItems: 'start' }}>
          {remove.error ? <ErrorPanel title="Nobody was removed" error={remove.error} /> : null}
          <p>
            Whoever is removed sees the orders of {firmName} no more, from that moment on. What they ordered
            stays with the firm.
          </p>
          <ActionButton
            variant="secondary"
            loading={remove.isPending}
            onClick={() => {
              remove.mutate({ path })
            }}
          >
            {`Remove ${member.name}`}
          </ActionButton>
        </div>
      ) : null}
    </Dialog>
  )
}
