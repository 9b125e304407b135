import { useState } from 'react'
import { useQuery } from '@tanstack/react-query'
import { Button } from '@ag.ds-next/react/button'
import { TextLink } from '@ag.ds-next/react/text-link'
import {
  colour,
  ErrorPanel,
  findProperties,
  noProperty,
  Notice,
  PHONE,
  PropertySearch,
  RADIUS,
  useNavigateTo,
} from '@banksia/kit'
import { readCatalogueOptions } from '../api'
import { bulkPage, choosePage, homePage } from '../routes'

/** The search that the portal begins with: one match opens, several are chosen from, none is said. */
export function FindProperty() {
  const navigate = useNavigateTo()
  const { product, q } = homePage.useSearch()
  const [text, setText] = useState(q ?? '')
  const [nothing, setNothing] = useState<string>()
  const [failure, setFailure] = useState<unknown>()
  const catalogue = useQuery(readCatalogueOptions())
  const wanted = catalogue.data?.products.find(({ code }) => code === product)
  const open = (id: string) => {
    navigate(choosePage.href({ params: { propertyId: id }, search: { product } }))
  }
  const find = async () => {
    if (!text.trim()) return
    setFailure(undefined)
    try {
      const [first, second] = await findProperties(text, AbortSignal.timeout(10_000), 2)
      if (first && !second) open(first.id)
      else setNothing(first ? 'Several properties match. Choose one from the list.' : noProperty(text))
    } catch (error) {
      setNothing(undefined)
      setFailure(error)
    }
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
            setFailure(undefined)
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
      {failure ? (
        <div css={{ marginTop: '0.75rem' }}>
          <ErrorPanel title="The search did not answer" error={failure} onRetry={() => void find()} />
        </div>
      ) : null}
      {nothing ? (
        <div css={{ marginTop: '0.75rem' }}>
          <Notice tone="info" role="status" title={nothing} />
        </div>
      ) : null}
    </div>
  )
}
