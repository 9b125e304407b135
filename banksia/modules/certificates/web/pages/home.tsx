import { lazy, Suspense, useState } from 'react'
import { useQuery } from '@tanstack/react-query'
import { Button } from '@ag.ds-next/react/button'
import { TextLink } from '@ag.ds-next/react/text-link'
import {
  colour,
  container,
  findProperties,
  noProperty,
  Notice,
  PHONE,
  PropertySearch,
  RADIUS,
  useNavigateTo,
  useTitle,
} from '@banksia/kit'
import { readCatalogueOptions } from '../api'
import { AlreadyOrdered } from '../components/already-ordered'
import { HowItWorks } from '../components/how-it-works'
import { ProductList } from '../components/product-list'
import { bulkPage, choosePage, homePage, verifyPage } from '../routes'

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
          <Find />
          <AlreadyOrdered />
        </div>
      </div>
    </div>
  )
}

function Find() {
  const navigate = useNavigateTo()
  const { product, q } = homePage.useSearch()
  const [text, setText] = useState(q ?? '')
  const [nothing, setNothing] = useState<string>()
  const catalogue = useQuery(readCatalogueOptions())
  const wanted = catalogue.data?.products.find(({ code }) => code === product)
  const open = (id: string) => {
    navigate(choosePage.href({ params: { propertyId: id }, search: { product } }))
  }
  const find = async () => {
    if (!text.trim()) return
    const [first, second] = await findProperties(text, AbortSignal.timeout(10_000), 2).catch(() => [])
    if (first && !second) open(first.id)
    else setNothing(first ? 'Several properties match. Choose one from the list.' : noProperty(text))
  }
  return (
    <div
      css={{
        background: colour.backgroundBody,
        color: colour.foregroundText,
        borderRadius: RADIUS.panel,
        padding: '1.25rem 1.5rem',
        [PHONE]: { padding: '1rem' },
      }}
    >
      {wanted ? <p css={{ marginBottom: '0.5rem' }}>{wanted.title}: which property is it for?</p> : null}
      <form
        role="search"
        onSubmit={(event) => {
          event.preventDefault()
          void find()
        }}
        css={{
          display: 'grid',
          gridTemplateColumns: 'minmax(0, 1fr) auto',
          gap: '0.75rem',
          alignItems: 'end',
          [PHONE]: { gridTemplateColumns: '1fr' },
        }}
      >
        <PropertySearch
          label="Find your property"
          initialText={q}
          onTextChange={(typed) => {
            setText(typed)
            setNothing(undefined)
          }}
          onChoose={(match) => {
            open(match.id)
          }}
          onSubmit={() => void find()}
        />
        <Button type="submit">Find property</Button>
      </form>
      <p css={{ fontSize: '0.875rem', color: colour.foregroundMuted, marginTop: '0.5rem' }}>
        A street address, a lot and plan such as Lot 2 Sec 2 DP 2288, or the assessment number on a rates
        notice. For many properties at once, <TextLink href={bulkPage.href()}>upload a list</TextLink>.
      </p>
      {nothing ? (
        <div css={{ marginTop: '0.75rem' }}>
          <Notice tone="info" role="status" title={nothing} />
        </div>
      ) : null}
    </div>
  )
}
