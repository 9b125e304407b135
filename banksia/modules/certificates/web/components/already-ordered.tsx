import { ButtonLink } from '@ag.ds-next/react/button'
import { TextLink } from '@ag.ds-next/react/text-link'
import { colour, useUser } from '@banksia/kit'
import { ordersPage, trackPage } from '../routes'

/** The way back to an order, beside the search. */
export function AlreadyOrdered() {
  const user = useUser()
  return (
    <section
      css={{
        borderLeft: `3px solid ${colour.accent}`,
        paddingLeft: '1.5rem',
        alignSelf: 'start',
        '& a': { color: '#ffffff' },
      }}
    >
      <h2 css={{ fontSize: '1.25rem' }}>Already ordered?</h2>
      <p css={{ fontSize: '0.9375rem', opacity: 0.9, margin: '0.25rem 0 1rem' }}>
        See its due date, or download a certificate again.
      </p>
      {user?.kind === 'customer' ? (
        <TextLink href={ordersPage.href()}>See your orders</TextLink>
      ) : (
        <span css={{ '& a': { background: 'transparent', borderColor: '#ffffff' } }}>
          <ButtonLink href={trackPage.href()} variant="secondary">
            Track an order
          </ButtonLink>
        </span>
      )}
    </section>
  )
}
