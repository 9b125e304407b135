import { useState } from 'react'
import { skipToken, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { ButtonLink } from '@ag.ds-next/react/button'
import { TextLink } from '@ag.ds-next/react/text-link'
import {
  ActionButton,
  CustomerPage,
  ErrorPanel,
  Loaded,
  Notice,
  problemOf,
  signInHref,
  useNavigateTo,
  useUser,
} from '@banksia/kit'
import { acceptFirmLink, readFirmInvitation, type FirmInvitationShown } from '../api'
import { roleWords } from '../components/firm-words'
import { firmPage, firmsPage, joinFirmPage } from '../firm-routes'
import { forgetInvitationToken, invitationToken } from '../invitation-token'
import { registerPage } from '../routes'

/** Opened from a mail: what it invites to, and the way to join, with an account of that address. */
export default function JoinFirmPage() {
  const [token] = useState(invitationToken)
  const invitation = useQuery({
    queryKey: ['auth', 'firm-invitation', token],
    queryFn: token
      ? async () => (await readFirmInvitation({ body: { token }, throwOnError: true })).data
      : skipToken,
    staleTime: Infinity,
    retry: false,
  })
  if (!token) {
    return (
      <CustomerPage title={joinFirmPage.title}>
        <Notice tone="warning" title="The link is not complete">
          <p>
            Open the link in the email again, or see your invitations under{' '}
            <TextLink href={firmsPage.href()}>Your firm</TextLink>.
          </p>
        </Notice>
      </CustomerPage>
    )
  }
  return (
    <CustomerPage title={invitation.data ? `Join ${invitation.data.firm_name}` : joinFirmPage.title}>
      {invitation.isError && problemOf(invitation.error).status === 410 ? (
        <>
          <ErrorPanel title="You cannot join by this link" error={invitation.error} />
          <p>
            Have you joined already? The firm then stands under{' '}
            <TextLink href={firmsPage.href()}>Your firm</TextLink>.
          </p>
        </>
      ) : (
        <Loaded query={invitation} failed="You cannot join by this link">
          {(shown) => (
            <>
              <p>
                {shown.invited_by} invites {shown.email} to {shown.firm_name} as{' '}
                {roleWords[shown.role].toLowerCase()}. You then order for the firm, and everybody in it sees
                its orders and certificates.
              </p>
              <Answer shown={shown} token={token} />
            </>
          )}
        </Loaded>
      )}
    </CustomerPage>
  )
}

function Answer({ shown, token }: { shown: FirmInvitationShown; token: string }) {
  const user = useUser()
  if (!user) return <NeedsAccount email={shown.email} />
  if (user.email === shown.email) return <Join token={token} firmName={shown.firm_name} />
  return (
    <Notice tone="warning" title={`You are signed in as ${user.email}`}>
      <p>
        The invitation is for {shown.email}. Sign out, open the link again, and sign in with that address.
      </p>
    </Notice>
  )
}

function NeedsAccount({ email }: { email: string }) {
  const here = joinFirmPage.href()
  return (
    <>
      <p>
        To join, sign in with {email}. If you have no account, make one with this address and confirm it; the
        invitation then waits for you under “Your firm”.
      </p>
      <div css={{ display: 'flex', flexWrap: 'wrap', gap: '0.75rem' }}>
        <ButtonLink href={signInHref(here)}>Sign in</ButtonLink>
        <ButtonLink variant="secondary" href={registerPage.href({ search: { return_to: here } })}>
          Make an account
        </ButtonLink>
      </div>
    </>
  )
}

function Join({ token, firmName }: { token: string; firmName: string }) {
  const navigate = useNavigateTo()
  const queryClient = useQueryClient()
  const join = useMutation({
    mutationFn: async () => (await acceptFirmLink({ body: { token }, throwOnError: true })).data,
    onSuccess: async ({ id }) => {
      forgetInvitationToken()
      navigate(firmPage.href({ params: { firmId: id } }), { replace: true })
      await queryClient.invalidateQueries({ predicate: ({ queryKey }) => queryKey[0] !== 'auth' })
    },
  })
  return (
    <>
      {join.error ? <ErrorPanel title="You have not joined" error={join.error} /> : null}
      <div>
        <ActionButton
          loading={join.isPending}
          onClick={() => {
            join.mutate()
          }}
        >
          {`Join ${firmName}`}
        </ActionButton>
      </div>
    </>
  )
}
