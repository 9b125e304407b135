import { useQuery } from '@tanstack/react-query'
import { TextLink } from '@ag.ds-next/react/text-link'
import {
  colour,
  EmptyState,
  Loaded,
  Panel,
  RowList,
  SkeletonRows,
  Status,
  type StatusWord,
  statusTones,
} from '@banksia/kit'
import { type ContributionRead, listContributionsOptions } from '../api'

/** What other modules know about a property: each says it itself, in the form that all share. */
export function Contributions({ propertyId }: { propertyId: string }) {
  const known = useQuery(listContributionsOptions({ path: { property_id: propertyId } }))
  return (
    <Loaded
      query={known}
      failed="What other modules know could not be loaded"
      skeleton={<SkeletonRows rows={2} height="8rem" />}
    >
      {({ contributions, failed }) => (
        <>
          {contributions.map((each) => (
            <Contribution key={`${each.module} ${each.name}`} contribution={each} />
          ))}
          {failed.length > 0 ? (
            <p css={{ fontSize: '0.875rem', color: colour.foregroundMuted }}>
              {`${new Intl.ListFormat('en-AU').format(failed)} could not answer just now. Reload the page to ask again.`}
            </p>
          ) : null}
        </>
      )}
    </Loaded>
  )
}

function Contribution({ contribution }: { contribution: ContributionRead }) {
  const { title, summary, href, count, lines } = contribution
  return (
    <Panel
      title={title}
      hint={lines.length > 0 && summary ? summary : undefined}
      flush
      action={
        href && count > 0 ? <TextLink href={href}>{`All ${count.toLocaleString('en-AU')}`}</TextLink> : null
      }
    >
      {lines.length === 0 ? <EmptyState>{summary || 'Nothing yet.'}</EmptyState> : null}
      <RowList
        inset
        rows={lines.map((line, index) => ({
          key: `${index} ${line.title}`,
          title: line.href ? <TextLink href={line.href}>{line.title}</TextLink> : line.title,
          detail: line.detail || undefined,
          end: line.status ? <StatusText word={line.status} /> : undefined,
        }))}
      />
    </Panel>
  )
}

/** A word of the product with its icon and tone; a module's own word as it is. */
function StatusText({ word }: { word: string }) {
  return word in statusTones ? <Status word={word as StatusWord} /> : word
}
