import { TextLink } from '@ag.ds-next/react/text-link'
import { container, useTitle } from '@banksia/kit'

/** No page stands at this address, or not for this council. */
export function NotFoundPage() {
  useTitle('Page not found')
  return (
    <div css={{ ...container, paddingTop: '2.5rem', paddingBottom: '3.5rem' }}>
      <h1 tabIndex={-1} css={{ fontSize: '1.5rem' }}>
        Page not found
      </h1>
      <p css={{ margin: '0.75rem 0', maxWidth: '42em' }}>
        Nothing is at this address. It may be mistyped, or the council may not offer this service here.
      </p>
      <TextLink href="/">Go to the start page</TextLink>
    </div>
  )
}
