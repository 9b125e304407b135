import { type ErrorComponentProps, useRouter } from '@tanstack/react-router'
import { TextLink } from '@ag.ds-next/react/text-link'
import { container, ErrorPanel, useTitle } from '@banksia/kit'
import { NoAccess } from '../guard'

/** A page that could not be shown, inside the area that it belongs to. */
export function ErrorPage({ error }: ErrorComponentProps) {
  const router = useRouter()
  const denied = error instanceof NoAccess
  useTitle(denied ? 'No access' : 'Something went wrong')
  return (
    <div css={{ ...container, paddingTop: '2.5rem', paddingBottom: '3.5rem' }}>
      {denied ? (
        <Denied error={error} />
      ) : (
        <ErrorPanel error={error} onRetry={() => void router.invalidate()} />
      )}
    </div>
  )
}

function Denied({ error }: { error: NoAccess }) {
  return (
    <>
      <h1 tabIndex={-1} css={{ fontSize: '1.5rem' }}>
        No access
      </h1>
      <p css={{ margin: '0.75rem 0', maxWidth: '42em' }}>
        {error.message} Ask your administrator for the role that has it.
      </p>
      <TextLink href="/">Go to the start page</TextLink>
    </>
  )
}
