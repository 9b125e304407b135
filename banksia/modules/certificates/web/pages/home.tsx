import { lazy, Suspense } from 'react'
import { TextLink } from '@ag.ds-next/react/text-link'
import { colour, container, PHONE, RADIUS, useTitle } from '@banksia/kit'
import { AlreadyOrdered } from '../components/already-ordered'
import { FindProperty } from '../components/find-property'
import { HowItWorks } from '../components/how-it-works'
import { ProductList } from '../components/product-list'
import { verifyPage } from '../routes'

// Most people come here with nothing begun: the page does not wait for this.
const Begun = lazy(() => import('../components/begun'))

/** The portal's home: the search is the page; what can be ordered stands below it. */
export default function HomePage() {
  useTitle('Order a property certificate')
  return (
    <>
      <div
        css={{
          ...container,
          display: 'grid',
          gap: '0.75rem',
          paddingTop: '1rem',
          paddingBottom: '1rem',
          '&:empty': { display: 'none' },
          [PHONE]: { paddingLeft: '1rem', paddingRight: '1rem' },
        }}
      >
        <Suspense>
          <Begun />
        </Suspense>
      </div>
      <Hero />
      <div
        css={{
          ...container,
          paddingTop: '2.5rem',
          paddingBottom: '3.5rem',
          display: 'grid',
          gap: '3rem',
          [PHONE]: { paddingLeft: '1rem', paddingRight: '1rem', paddingTop: '1.5rem', gap: '2rem' },
        }}
      >
        <ProductList />
        <div
          css={{
            display: 'grid',
            gridTemplateColumns: 'minmax(0, 1fr) 23rem',
            gap: '2.5rem',
            alignItems: 'start',
            [PHONE]: { gridTemplateColumns: '1fr', gap: '1.5rem' },
          }}
        >
          <HowItWorks />
          <section
            css={{
              background: colour.backgroundShade,
              borderRadius: RADIUS.panel,
              padding: '1.25rem 1.5rem',
            }}
          >
            <h2 css={{ fontSize: '1rem' }}>Were you given a certificate?</h2>
            <p css={{ margin: '0.25rem 0 0.75rem' }}>
              Check that it came from council and has not been changed.
            </p>
            <TextLink href={verifyPage.href()}>Check a certificate</TextLink>
          </section>
        </div>
      </div>
    </>
  )
}

function Hero() {
  return (
    <div data-palette="dark" css={{ background: colour.selected, color: '#ffffff' }}>
      <div
        css={{
          ...container,
          paddingTop: '3rem',
          paddingBottom: '3.25rem',
          [PHONE]: {
            paddingLeft: '1rem',
            paddingRight: '1rem',
            paddingTop: '1.5rem',
            paddingBottom: '1.75rem',
          },
        }}
      >
        <h1 tabIndex={-1} css={{ fontSize: '2.25rem', lineHeight: 1.2, [PHONE]: { fontSize: '1.75rem' } }}>
          Order a property certificate
        </h1>
        <p css={{ fontSize: '1.125rem', margin: '0.5rem 0 1.5rem', opacity: 0.9 }}>
          Planning, rates and other certificates from council, sent to you by email.
        </p>
        <div
          css={{
            display: 'grid',
            gridTemplateColumns: 'minmax(0, 1fr) 20rem',
            gap: '4rem',
            [PHONE]: { gridTemplateColumns: '1fr', gap: '1.5rem' },
          }}
        >
          <FindProperty />
          <AlreadyOrdered />
        </div>
      </div>
    </div>
  )
}
