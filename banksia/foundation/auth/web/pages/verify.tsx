import { skipToken, useQuery } from '@tanstack/react-query'
import { ButtonLink } from '@ag.ds-next/react/button'
import { CustomerPage, ErrorPanel, Late, Notice } from '@banksia/kit'
import { verifyEmail } from '../api'
import { linkToken } from '../link-token'
import { registerPage, signInPage } from '../routes'

/** Opened from a mail: confirms the address by the link's token, once. */
export default function VerifyPage() {
  const token = linkToken()
  const confirmation = useQuery({
    queryKey: ['auth', 'verify', token],
    queryFn: token
      ? async () => (await verifyEmail({ body: { token }, throwOnError: true })).data
      : skipToken,
    // The token works once: asking again would say that it is used.
    staleTime: Infinity,
    retry: false,
  })
  return (
    <CustomerPage title="Confirm your email address">
      {!token ? (
        <Notice tone="warning" title="The link is not complete">
          <p>Open the link in the email again, or copy the whole of it into the address bar.</p>
        </Notice>
      ) : confirmation.isError ? (
        <>
          <ErrorPanel error={confirmation.error} />
          <div>
            <ButtonLink variant="secondary" href={registerPage.href()}>
              Make an account again
            </ButtonLink>
          </div>
        </>
      ) : confirmation.data ? (
        <>
          <Notice tone="success" role="status" title={`${confirmation.data.email} is confirmed`}>
            <p>Sign in with it and your password.</p>
          </Notice>
          <div>
            <ButtonLink href={signInPage.href()}>Sign in</ButtonLink>
          </div>
        </>
      ) : (
        <Late>
          <p role="status">Confirming your address</p>
        </Late>
      )}
    </CustomerPage>
  )
}
