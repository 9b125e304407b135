import { useMutation, useQueryClient } from '@tanstack/react-query'
import { ActionButton, ErrorPanel, formatDay, Panel, RowList } from '@banksia/kit'
import { acceptFirmInvitationMutation, type InvitationForMe } from '../api'
import { roleWords } from './firm-words'

/** The invitations to the person's own address: to join, no link is needed. */
export function JoinInvitations({ invitations }: { invitations: readonly InvitationForMe[] }) {
  const queryClient = useQueryClient()
  const join = useMutation({
    ...acceptFirmInvitationMutation(),
    onSuccess: () => queryClient.invalidateQueries(),
  })
  if (invitations.length === 0) return null
  return (
    <Panel title="You are invited" flush>
      {join.error ? <ErrorPanel title="You have not joined" error={join.error} /> : null}
      <RowList
        inset
        stack
        rows={invitations.map((each) => ({
          key: each.id,
          title: <strong>{each.firm_name}</strong>,
          detail: `${each.invited_by} invites you as ${roleWords[each.role].toLowerCase()}, until ${formatDay(each.expires_at)}`,
          end: (
            <ActionButton
              size="sm"
              loading={join.isPending}
              onClick={() => {
                join.mutate({ path: { invitation_id: each.id } })
              }}
            >
              {`Join ${each.firm_name}`}
            </ActionButton>
          ),
        }))}
      />
    </Panel>
  )
}
