import { useState } from 'react'
import { Button } from '@ag.ds-next/react/button'
import { formatDate, Panel, RowList, Tag } from '@banksia/kit'
import type { FirmRead } from '../api'
import { roleWords } from './firm-words'
import { MemberDialog } from './member-dialog'

/** Who belongs to the firm, and as what. */
export function FirmMembers({ firm, onChanged }: { firm: FirmRead; onChanged: () => Promise<void> }) {
  const [chosen, setChosen] = useState<string>()
  const member = firm.members.find(({ user_id }) => user_id === chosen)
  return (
    <Panel title="Members" hint={`${String(firm.members.length)} in the firm`} flush>
      <RowList
        inset
        stack
        rows={firm.members.map((each) => ({
          key: each.user_id,
          title: (
            <>
              <strong>{each.name}</strong>
              {each.is_me ? ' (you)' : ''}
            </>
          ),
          detail: `${each.email}, since ${formatDate(each.joined_at)}`,
          end: (
            <>
              <Tag>{roleWords[each.role]}</Tag>
              {each.roles_to_give.length > 0 ? (
                <Button
                  size="sm"
                  variant="tertiary"
                  onClick={() => {
                    setChosen(each.user_id)
                  }}
                  aria-label={`Change ${each.name}`}
                >
                  Change
                </Button>
              ) : null}
            </>
          ),
        }))}
      />
      {member ? (
        <MemberDialog
          firmId={firm.id}
          firmName={firm.name}
          member={member}
          onClose={() => {
            setChosen(undefined)
          }}
          onChanged={async () => {
            await onChanged()
            setChosen(undefined)
          }}
        />
      ) : null}
    </Panel>
  )
}
