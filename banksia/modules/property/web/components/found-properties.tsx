import { useQuery } from '@tanstack/react-query'
import { TextLink } from '@ag.ds-next/react/text-link'
import {
  colour,
  EmptyState,
  fetchJson,
  Highlighted,
  Loaded,
  noProperty,
  Panel,
  parcelsInWords,
  propertyDetail,
  propertyTitle,
  RowList,
  Status,
  useMay,
  useOrganisation,
  wordRanges,
} from '@banksia/kit'
import type { CouncilResults, SearchResult, SearchResults } from '../api'
import { findPage, propertyPage } from '../routes'
import { matchWords } from './match-words'
import { STATES } from './words'

const LIMIT = 50

/** What matches at this council. */
export function FoundHere({ query }: { query: string }) {
  const mayOwners = useMay('property.owners.read')
  const found = useQuery({
    queryKey: ['property', 'find', query],
    queryFn: ({ signal }) =>
      fetchJson<SearchResults>('/api/property/search', signal, { q: query, limit: LIMIT }),
  })
  return (
    <Loaded query={found} failed="The search failed">
      {({ results }) =>
        results.length === 0 ? (
          <EmptyState
            action={
              mayOwners ? (
                <TextLink href={findPage.href({ search: { q: query, among: 'owners' } })}>
                  Look for an owner of that name
                </TextLink>
              ) : null
            }
          >
            {noProperty(query)}
          </EmptyState>
        ) : (
          <Panel title={countOf(results.length)} flush>
            <RowList inset rows={results.map((result) => rowOf(result, query, hrefOf(result.id)))} />
          </Panel>
        )
      }
    </Loaded>
  )
}

/** What matches at any council of the installation; another council's property opens at that council. */
export function FoundEverywhere({ query }: { query: string }) {
  const { slug } = useOrganisation()
  const found = useQuery({
    queryKey: ['property', 'find-everywhere', query],
    queryFn: ({ signal }) =>
      fetchJson<CouncilResults>('/api/property/search', signal, { q: query, limit: LIMIT, councils: 'all' }),
  })
  return (
    <Loaded query={found} failed="The search failed">
      {({ results, councils_searched, councils_left }) => (
        <>
          {results.length === 0 ? (
            <EmptyState>{noProperty(query)}</EmptyState>
          ) : (
            <Panel title={countOf(results.length)} flush>
              <RowList
                inset
                rows={results.map((result) => {
                  const path = hrefOf(result.id)
                  const here = result.council.slug === slug
                  const row = rowOf(result, query, here ? path : new URL(path, result.council.url).href)
                  return {
                    ...row,
                    key: `${result.council.slug} ${row.key}`,
                    detail: (
                      <>
                        {result.council.name}. {row.detail}
                      </>
                    ),
                  }
                })}
              />
            </Panel>
          )}
          <p role="status" css={{ fontSize: '0.875rem', color: colour.foregroundMuted }}>
            {councils_searched === 1 ? '1 council searched.' : `${councils_searched} councils searched.`}
            {councils_left > 0 ? ` ${councils_left} did not answer in time. Search again to ask them.` : ''}
          </p>
        </>
      )}
    </Loaded>
  )
}

function hrefOf(propertyId: string): string {
  return propertyPage.href({ params: { propertyId } })
}

function countOf(count: number): string {
  if (count === LIMIT) return `The first ${LIMIT} matches`
  return count === 1 ? '1 match' : `${count} matches`
}

function rowOf(result: SearchResult, query: string, href: string) {
  const title = propertyTitle(result)
  return {
    key: `${result.id} ${result.address ?? ''}`,
    title: (
      <TextLink href={href}>
        <Highlighted text={title} ranges={wordRanges(title, query)} />
      </TextLink>
    ),
    detail: (
      <>
        {propertyDetail({ ...result, status: 'current' })}
        <span css={{ display: 'block', fontSize: '0.8125rem' }}>
          {[matchWords(result.match), becameOf(result)].filter(Boolean).join('. ')}
        </span>
      </>
    ),
    end: <Status word={STATES[result.status]} />,
  }
}

function becameOf({ successors }: SearchResult): string {
  if (successors.length === 0) return ''
  const shown = successors.length > 4 ? `${successors.length} lots` : parcelsInWords(successors)
  return `It became ${shown}`
}
