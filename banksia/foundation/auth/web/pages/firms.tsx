import { useQuery } from '@tanstack/react-query'
import { ButtonLink } from '@ag.ds-next/react/button'
import { TextLink } from '@ag.ds-next/react/text-link'
import { CustomerPage, Loaded, RowList, Tag } from '@banksia/kit'
import { listFirmsOptions } from '../api'
import { roleWords } from '../components/firm-words'
import { JoinInvitations } from '../components/join-invitations'
import { firmPage, firmsPage, newFirmPage } from '../firm-routes'

/** The firms that a person orders for, and those that have invited them. */
export default function FirmsPage() {
  const found = useQuery(listFirmsOptions())
  return (
    <CustomerPage
      title={firmsPage.title}
      lead="Order together: everybody in a firm sees all its orders and certificates."
    >
      <Loaded query={found} failed="Your firms could not be loaded">
        {({ firms, invitations }) => (
          <>
            <JoinInvitations invitations={invitations} />
            {firms.length > 0 ? (
              <RowList
                rows={firms.map((firm) => ({
                  key: firm.id,
                  title: (
                    <TextLink href={firmPage.href({ params: { firmId: firm.id } })}>{firm.name}</TextLink>
                  ),
                  detail: membersWords(firm.people.filter(({ has_left }) => !has_left).length),
                  end: <Tag>{roleWords[firm.role]}</Tag>,
                }))}
              />
            ) : (
              <p css={{ maxWidth: '42em' }}>
                You do not belong to a firm. Add yours, or ask whoever owns it here to invite you.
              </p>
            )}
            <div>
              <ButtonLink
                variant={firms.length + invitations.length > 0 ? 'secondary' : 'primary'}
                href={newFirmPage.href()}
              >
                Add a firm
              </ButtonLink>
            </div>
          </>
        )}
      </Loaded>
    </CustomerPage>
  )
}

const membersWords = (count: number) => `${String(count)} ${count === 1 ? 'member' : 'members'}`
