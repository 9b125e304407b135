import { useQuery } from '@tanstack/react-query'
import { TextLink } from '@ag.ds-next/react/text-link'
import {
  EmptyState,
  formatAddress,
  Highlighted,
  Loaded,
  Panel,
  propertyLine,
  RowList,
  Status,
  wordRanges,
} from '@banksia/kit'
import { searchOwnersOptions } from '../api'
import { propertyPage } from '../routes'
import { STATES } from './words'

const LIMIT = 50

/** The owners whose names hold the words, each with what is owned; that they were looked for is written down. */
export function FoundOwners({ query }: { query: string }) {
  const found = useQuery({
    ...searchOwnersOptions({ query: { q: query, limit: LIMIT } }),
    refetchOnWindowFocus: false,
    staleTime: 5 * 60_000,
  })
  return (
    <Loaded query={found} failed="The search failed">
      {({ results }) =>
        results.length === 0 ? (
          <EmptyState>{`No owner’s name holds ${query}. Check the spelling, or search by address.`}</EmptyState>
        ) : (
          <Panel
            title={results.length === LIMIT ? `The first ${LIMIT} owners` : 'Owners'}
            hint="Personal data. That you looked is recorded in the audit log."
            flush
          >
            <RowList
              inset
              rows={results.map((match) => ({
                key: `${match.id} ${match.owner}`,
                title: (
                  <TextLink href={propertyPage.href({ params: { propertyId: match.id } })}>
                    <Highlighted text={match.owner} ranges={wordRanges(match.owner, query)} />
                  </TextLink>
                ),
                detail: [match.address ? formatAddress(match.address) : '', propertyLine(match)]
                  .filter(Boolean)
                  .join(', '),
                end: <Status word={STATES[match.status]} />,
              }))}
            />
          </Panel>
        )
      }
    </Loaded>
  )
}
